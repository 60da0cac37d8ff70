import { startOfLocalDay, ZonedClock, type TimeZone } from './zoned-time';

/** A half-open interval of instants, in milliseconds since 1970: `from` is included, `to` is not. */
export interface Interval {
  readonly from: number;
  readonly to: number;
}

/**
 * The latest end of an interval: after every record, but still in the year 9999 in every time zone, the last of RFC
 * 3339.
 */
export const LATEST_END = Date.UTC(9999, 11, 30);

/** Names of predefined intervals, each of whole local days. */
export const INTERVAL_PRESETS = [
  'today',
  'yesterday',
  'last_7_days',
  'last_30_days',
  'this_month',
  'last_month',
] as const;
export type IntervalPreset = (typeof INTERVAL_PRESETS)[number];

const DAY_LENGTH = 24 * 60 * 60_000;
const addDays = (midnight: number, days: number) => midnight + days * DAY_LENGTH;
/** Returns the first day of the month that is `months` after the month of a day. */
const startOfMonth = (midnight: number, months: number) =>
  Date.UTC(new Date(midnight).getUTCFullYear(), new Date(midnight).getUTCMonth() + months, 1);

/** The first and last local day of each preset, as midnights in UTC. */
const PRESET_DAYS: Record<IntervalPreset, (today: number) => [first: number, last: number]> = {
  today: (today) => [today, today],
  yesterday: (today) => [addDays(today, -1), addDays(today, -1)],
  last_7_days: (today) => [addDays(today, -6), today],
  last_30_days: (today) => [addDays(today, -29), today],
  this_month: (today) => [startOfMonth(today, 0), addDays(startOfMonth(today, 1), -1)],
  last_month: (today) => [startOfMonth(today, -1), addDays(startOfMonth(today, 0), -1)],
};

/** Returns the interval that a preset denotes at a moment in a time zone. */
export function resolvePreset(preset: IntervalPreset, now: Date, timeZone: TimeZone): Interval {
  const today = Date.parse(ZonedClock.of(timeZone).day(now.getTime()));
  return intervalOfDays(...PRESET_DAYS[preset](today), timeZone);
}

/**
 * Returns the interval from the start of the first local day to the end of the last one. Days are given as midnights in
 * UTC.
 */
export function intervalOfDays(first: number, last: number, timeZone: TimeZone): Interval {
  return { from: startOfLocalDay(first, timeZone), to: startOfLocalDay(addDays(last, 1), timeZone) };
}
