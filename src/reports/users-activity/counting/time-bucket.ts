import type { Interval } from '../../../lib/time/interval';
import { startOfLocalDay, ZonedClock, type TimeZone } from '../../../lib/time/zoned-time';
import type { TimeGrouping } from './grouping';

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;

/** The local times by which rows are grouped: `2026-03-29`, `2026-W13`, `2026-03`, or the hour from 0 to 23. */
export type TimeKey = string | number;

/** A part of an interval in which all rows have the same local times. */
export interface TimeBucket extends Interval {
  /** The local time for each grouping. */
  readonly keys: readonly TimeKey[];
}

/** Returns the number of local days that an interval touches. */
export function countDays({ from, to }: Interval, timeZone: TimeZone): number {
  if (from >= to) return 0;
  const clock = ZonedClock.of(timeZone);
  return (Date.parse(clock.day(to - 1)) - Date.parse(clock.day(from))) / DAY + 1;
}

/**
 * Divides an interval into buckets, in order and without gaps. A day on which clocks change has 23 or 25 hours, and one that
 * a time zone skipped has no bucket. Without groupings by time, the interval is one bucket.
 */
export function divideByTime(
  interval: Interval,
  timeZone: TimeZone,
  groupings: readonly TimeGrouping[],
): readonly TimeBucket[] {
  if (interval.from >= interval.to) return [];
  if (groupings.length === 0) return [{ ...interval, keys: [] }];
  const buckets: TimeBucket[] = [];
  const add = (from: number, to: number, keys: readonly TimeKey[]) => {
    const before = buckets.at(-1);
    if (before && keys.every((key, place) => key === before.keys[place]))
      buckets[buckets.length - 1] = { ...before, to };
    else buckets.push({ from, to, keys });
  };
  for (const { midnight, from, to } of localDays(interval, timeZone)) {
    const hours = groupings.includes('hourOfDay') ? localHours({ from, to }, timeZone) : [{ from, to, hour: 0 }];
    for (const part of hours) {
      add(
        part.from,
        part.to,
        groupings.map((grouping) => (grouping === 'hourOfDay' ? part.hour : DATE_KEYS[grouping](midnight))),
      );
    }
  }
  return buckets;
}

/** Returns the key of a local day, which is given as its midnight in UTC. */
const DATE_KEYS: Readonly<Record<Exclude<TimeGrouping, 'hourOfDay'>, (midnight: number) => string>> = {
  day: (midnight) => new Date(midnight).toISOString().slice(0, 10),
  week: isoWeek,
  month: (midnight) => new Date(midnight).toISOString().slice(0, 7),
};

/** Returns the week of ISO 8601: it begins on Monday, and belongs to the year of its Thursday. */
function isoWeek(midnight: number): string {
  const weekday = (new Date(midnight).getUTCDay() + 6) % 7;
  const thursday = midnight + (3 - weekday) * DAY;
  const year = new Date(thursday).getUTCFullYear();
  const week = Math.floor((thursday - Date.UTC(year, 0, 1)) / WEEK) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
}

/** Yields the parts of an interval that belong to each local day. */
function* localDays(interval: Interval, timeZone: TimeZone): Generator<Interval & { readonly midnight: number }> {
  let midnight = Date.parse(ZonedClock.of(timeZone).day(interval.from));
  // Where clocks go back over midnight, the first day can be the one after the day that they show.
  while (startOfLocalDay(midnight + DAY, timeZone) <= interval.from) midnight += DAY;
  for (let from = interval.from; from < interval.to; midnight += DAY) {
    const to = Math.min(startOfLocalDay(midnight + DAY, timeZone), interval.to);
    if (to > from) yield { midnight, from, to };
    from = to;
  }
}

/** Yields the parts of an interval in which clocks show the same hour. */
function* localHours({ from, to }: Interval, timeZone: TimeZone): Generator<Interval & { readonly hour: number }> {
  const clock = ZonedClock.of(timeZone);
  for (let start = from; start < to;) {
    const offset = clock.offsetAt(start);
    const local = modulo(start + offset, DAY);
    const fullHour = start + HOUR - (local % HOUR);
    const end = clock.offsetAt(fullHour - 1) === offset ? fullHour : findChange(clock, start, fullHour - 1);
    yield { from: start, to: Math.min(end, to), hour: Math.floor(local / HOUR) };
    start = end;
  }
}

/** Returns the remainder of a division, which is not negative. */
function modulo(dividend: number, divisor: number): number {
  return ((dividend % divisor) + divisor) % divisor;
}

/** Finds the instant at which the offset changes, between two instants that have different ones. */
function findChange(clock: ZonedClock, start: number, end: number): number {
  const offset = clock.offsetAt(start);
  let [before, after] = [start, end];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (clock.offsetAt(middle) === offset) before = middle;
    else after = middle;
  }
  return after;
}
