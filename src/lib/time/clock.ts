/** Milliseconds by which the clock of another system can be ahead. */
export const MAX_CLOCK_SKEW = 5 * 60_000;

/** The current time; a class, so that tests can replace it. */
export class Clock {
  now(): Date {
    return new Date();
  }
}
