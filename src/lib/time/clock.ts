/** The current time; a class, so that tests can replace it. */
export class Clock {
  now(): Date {
    return new Date();
  }
}
