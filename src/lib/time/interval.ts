import { startOfLocalDay, ZonedClock, type TimeZone } from './zoned-time';

/** A half-open interval of instants, in milliseconds since 1970: `from` is in it, `to` is not. */
export interface Interval {
  readonly from: number;
  readonly to: number;
}

/** The intervals with a name, each of whole local days. */
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
/** The first day of the month that is so many months after the day's own. */
const startOfMonth = (midnight: number, months: number) =>
  Date.UTC(new Date(midnight).getUTCFullYear(), new Date(midnight).getUTCMonth() + months, 1);

/** First and last local day of a named interval, each as its midnight in UTC. */
const PRESET_DAYS: Record<IntervalPreset, (today: number) => [first: number, last: number]> = {
  today: (today) => [today, today],
  yesterday: (today) => [addDays(today, -1), addDays(today, -1)],
  last_7_days: (today) => [addDays(today, -6), today],
  last_30_days: (today) => [addDays(today, -29), today],
  this_month: (today) => [startOfMonth(today, 0), addDays(startOfMonth(today, 1), -1)],
  last_month: (today) => [startOfMonth(today, -1), addDays(startOfMonth(today, 0), -1)],
};

/** A named interval as it is at a moment on the clocks of a zone. */
export function resolvePreset(preset: IntervalPreset, now: Date, timeZone: TimeZone): Interval {
  const today = Date.parse(new ZonedClock(timeZone).day(now.getTime()));
  return intervalOfDays(...PRESET_DAYS[preset](today), timeZone);
}

/** Whole local days, as a half-open interval of instants: [start of the first day, start of the day after the last). */
export function intervalOfDays(first: number, last: number, timeZone: TimeZone): Interval {
  return { from: startOfLocalDay(first, timeZone), to: startOfLocalDay(addDays(last, 1), timeZone) };
}
