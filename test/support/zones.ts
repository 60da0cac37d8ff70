/** Sets the time zone of the process. */
export function setProcessZone(timeZone: string | undefined): void {
  if (timeZone === undefined) delete process.env.TZ;
  else process.env.TZ = timeZone;
}

/** Returns the local time of a time zone at an instant, as if it were in UTC. Uses only `Intl`. */
export function shownBy(timeZone: string): (instant: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'iso8601',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    fractionalSecondDigits: 3,
  });
  return (instant) => {
    const parts = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
    const { year, month, day, hour, minute, second, fractionalSecond } = parts as Record<string, number>;
    return Date.UTC(year!, month! - 1, day, hour, minute, second, fractionalSecond);
  };
}

/** Returns the local time of a time zone at an instant as a text, such as `2026-03-29T14:30:00.000`. Uses only `Intl`. */
export function shownAsTextBy(timeZone: string): (instant: number) => string {
  const shown = shownBy(timeZone);
  return (instant) => new Date(shown(instant)).toISOString().slice(0, -1);
}

const DAY = 24 * 60 * 60_000;
const QUARTER = 15 * 60_000;

/** Finds the first instant of a local day, in the simplest way: looks at each quarter of an hour since the day before. */
export function startOfDay(day: string, timeZone: string): number {
  const shown = shownAsTextBy(timeZone);
  let instant = Date.parse(day) - DAY;
  while (shown(instant).slice(0, 10) < day) instant += QUARTER;
  return instant;
}

export function dayAfter(day: string): string {
  return new Date(Date.parse(day) + DAY).toISOString().slice(0, 10);
}

/** Finds the instants in an interval at which the clocks of a time zone change, by bisection. */
export function changesOfClocks(timeZone: string, from: number, to: number): number[] {
  const shown = shownBy(timeZone);
  const offset = (instant: number) => shown(instant) - instant;
  const changes: number[] = [];
  const step = 10 * DAY;
  for (let start = from; start < to; start += step) {
    let [before, after] = [start, start + step];
    if (offset(before) === offset(after)) continue;
    while (after - before > 1) {
      const middle = Math.floor((before + after) / 2);
      if (offset(middle) === offset(before)) before = middle;
      else after = middle;
    }
    changes.push(after);
  }
  return changes;
}

/**
 * Yields pseudorandom numbers that are the same in every run: a linear congruential generator, as in Numerical Recipes.
 */
export function numbersBetween(low: number, high: number, count: number): number[] {
  let state = 20_260_329;
  const next = () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
  return Array.from({ length: count }, () => low + Math.floor(next() * (high - low)));
}
