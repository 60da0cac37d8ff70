import type { Interval } from '../../../lib/time/interval';
import { startOfLocalDay, ZonedClock, type TimeZone } from '../../../lib/time/zoned-time';
import type { TimeGrouping } from './grouping';

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;

/** The local times by which rows are grouped: `2026-03-29`, `2026-W13`, `2026-03`, or the hour from 0 to 23. */
export type TimeKey = string | number;

/**
 * A part of an interval in which all rows have the same local date. If rows are grouped by hour, the offset of the time zone
 * is the same in the whole part, so that the hour of a row follows from its time in UTC.
 */
export interface TimeBucket extends Interval {
  /** The local date for each grouping by date, and undefined for the grouping by hour. */
  readonly keys: readonly (string | undefined)[];
  /** The offset from UTC in milliseconds; only if rows are grouped by hour. */
  readonly offset?: number;
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
  for (const { midnight, from, to } of localDays(interval, timeZone)) {
    const keys = groupings.map((grouping) => DATE_KEYS[grouping](midnight));
    const days = groupings.includes('hourOfDay') ? splitByOffset({ from, to }, timeZone) : [{ from, to }];
    for (const day of days) addBucket(buckets, { ...day, keys });
  }
  return buckets;
}

/** Adds a bucket, or makes the last one longer if it has the same date and offset. */
function addBucket(buckets: TimeBucket[], bucket: TimeBucket): void {
  const before = buckets.at(-1);
  if (before && before.offset === bucket.offset && bucket.keys.every((key, place) => key === before.keys[place]))
    buckets[buckets.length - 1] = { ...before, to: bucket.to };
  else buckets.push(bucket);
}

/** Returns the hour from 0 to 23 that clocks show at an instant. */
export function hourAt(instant: number, offset: number): number {
  return Math.floor(modulo(instant + offset, DAY) / HOUR);
}

/** Returns the hours that clocks show within a bucket; a single 0 if rows are not grouped by hour. */
export function hoursOf({ from, to, offset }: TimeBucket): readonly number[] {
  if (offset === undefined) return [0];
  const first = Math.floor((from + offset) / HOUR);
  const length = Math.min(Math.floor((to - 1 + offset) / HOUR) - first + 1, DAY / HOUR);
  return Array.from({ length }, (_, place) => modulo(first + place, DAY / HOUR));
}

/** Returns the local times of the rows of a bucket, for each grouping. */
export function timeKeysOf({ keys }: TimeBucket, hour: number): readonly TimeKey[] {
  return keys.map((key) => key ?? hour);
}

/** Returns the date of a local day, which is given as its midnight in UTC. */
const DATE_KEYS: Readonly<Record<TimeGrouping, (midnight: number) => string | undefined>> = {
  day: (midnight) => new Date(midnight).toISOString().slice(0, 10),
  week: isoWeek,
  month: (midnight) => new Date(midnight).toISOString().slice(0, 7),
  hourOfDay: () => undefined,
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

/** Divides a local day where the offset of the time zone changes, which no zone does twice within two days. */
function splitByOffset({ from, to }: Interval, timeZone: TimeZone): (Interval & { readonly offset: number })[] {
  const clock = ZonedClock.of(timeZone);
  const [offset, last] = [clock.offsetAt(from), clock.offsetAt(to - 1)];
  if (offset === last) return [{ from, to, offset }];
  const change = findChange(clock, from, to - 1);
  return [
    { from, to: change, offset },
    { from: change, to, offset: last },
  ];
}

/** Returns the remainder of a division, which is not negative. */
export function modulo(dividend: number, divisor: number): number {
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
