/** The time of day, so that tests can set it. */
export class Clock {
  now(): Date {
    return new Date();
  }
}
