import type * as DateFnsTz from 'date-fns-tz/formatInTimeZone';
import { loadPackage } from '../load-package';

/** An IANA time zone, such as `Europe/Bucharest`. */
export type TimeZone = string;

const QUARTER_HOUR = 15 * 60_000;
const DAY = 24 * 60 * 60_000;

/** Matches what may be the name of a time zone. */
export const TIME_ZONE_NAME = /^(UTC|[A-Za-z_]+\/[A-Za-z0-9_+\-/]+)$/;
/** No time zone has a longer name, in characters. */
export const MAX_TIME_ZONE_LENGTH = 64;

/**
 * Returns whether a name is a time zone of the IANA database; offsets such as `+02:00` and abbreviations such as
 * `EST5EDT` are not accepted.
 */
export function isTimeZone(name: string): boolean {
  if (!TIME_ZONE_NAME.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone.length > 0;
  } catch {
    return false;
  }
}

/** Returns the offset of a time zone from UTC at an instant, in milliseconds. */
export function offsetAt(instant: number, timeZone: TimeZone): number {
  return ZonedClock.of(timeZone).offsetAt(instant);
}

/**
 * Looks up an offset. Reads it from a formatted time, because date-fns-tz's getTimezoneOffset interprets its date as local
 * time and is wrong in the hours around a clock change.
 */
function readOffset(instant: number, timeZone: TimeZone): number {
  // It loads all of date-fns.
  const { formatInTimeZone } = loadPackage('date-fns-tz/formatInTimeZone') as typeof DateFnsTz;
  const offset = formatInTimeZone(new Date(instant), timeZone, 'xxx');
  const [hours = 0, minutes = 0] = offset.slice(1).split(':').map(Number);
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

/**
 * Returns the instants at which clocks in a zone show a wall-clock time, which is given as if it were UTC: none if
 * clocks skip that time in spring, two if clocks are set back over it.
 */
export function instantsOf(wallClock: number, timeZone: TimeZone): number[] {
  const offsets = new Set([offsetAt(wallClock - DAY, timeZone), offsetAt(wallClock + DAY, timeZone)]);
  return [...offsets]
    .map((offset) => wallClock - offset)
    .filter((instant) => instant + offsetAt(instant, timeZone) === wallClock)
    .sort((a, b) => a - b);
}

/**
 * Returns the first instant of a local day, which is given as its midnight in UTC. If clocks skip midnight, it is the
 * first instant after the gap.
 */
export function startOfLocalDay(midnight: number, timeZone: TimeZone): number {
  return instantsOf(midnight, timeZone)[0] ?? findFirstInstantAfterGap(midnight, timeZone);
}

function findFirstInstantAfterGap(wallClock: number, timeZone: TimeZone): number {
  let before = wallClock - DAY - offsetAt(wallClock - DAY, timeZone);
  let after = wallClock + DAY - offsetAt(wallClock + DAY, timeZone);
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (middle + offsetAt(middle, timeZone) < wallClock) before = middle;
    else after = middle;
  }
  return after;
}

/** Most days whose offsets a clock keeps: more than ten years. */
const MAX_KNOWN_DAYS = 4096;
/** Most clocks that are kept. */
const MAX_CLOCKS = 64;
/** The texts `00` to `59`. */
const TWO_DIGITS = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'));

/** The minutes of a day, with a colon: `00:00:` to `23:59:`. */
const MINUTES = Array.from({ length: 24 * 60 }, (_, minute) => {
  const [hour, rest] = [Math.floor(minute / 60), minute % 60];
  return `${TWO_DIGITS[hour] ?? ''}:${TWO_DIGITS[rest] ?? ''}:`;
});

/**
 * Formats instants in one time zone. Looking up an offset takes 10 µs, so it does that once for a day at whose ends the
 * offset is the same: no zone changes its offset twice within two days. In the other days it looks up both ends of a
 * quarter of an hour, and single instants only in a quarter within which the offset changes, as at 00:01 in
 * Newfoundland until 2011.
 */
export class ZonedClock {
  /** Offsets by day since 1970; undefined for a day within which the offset changes. */
  private readonly offsetsOfDays = new Map<number, number | undefined>();
  private currentDay = NaN;
  private offsetOfDay: number | undefined;
  private quarter = NaN;
  /** The offset in the current quarter; undefined if it changes within the quarter. */
  private offsetOfQuarter: number | undefined;
  /** The local day that was formatted last, since 1970, and its text with a space: `2014-06-10 `. */
  private localDay = NaN;
  private localDayText = '';

  constructor(readonly timeZone: TimeZone) {}

  /** Returns the clock of a zone. It is kept, so that the next request need not look up the same offsets again. */
  static of(timeZone: TimeZone): ZonedClock {
    const clock = clocks.get(timeZone) ?? new ZonedClock(timeZone);
    if (clocks.size === MAX_CLOCKS && !clocks.has(timeZone)) clocks.clear();
    clocks.set(timeZone, clock);
    return clock;
  }

  /** Formats an instant as the report shows it: `2014-06-10 11:46:01`. Exports call this for every row. */
  wallClock(instant: number): string {
    const local = instant + this.offsetAt(instant);
    const localDay = Math.floor(local / DAY);
    if (localDay !== this.localDay) {
      this.localDay = localDay;
      this.localDayText = new Date(local).toISOString().slice(0, -'T11:46:01.000Z'.length) + ' ';
    }
    const second = Math.floor((local - localDay * DAY) / 1000);
    const minute = Math.floor(second / 60);
    return this.localDayText + (MINUTES[minute] ?? '') + (TWO_DIGITS[second - minute * 60] ?? '');
  }

  /** Formats the local day: `2014-06-10`. */
  day(instant: number): string {
    return new Date(instant + this.offsetAt(instant)).toISOString().slice(0, 10);
  }

  /** Formats an instant as RFC 3339 with the zone's offset: `2014-06-10T11:46:01.000+03:00`. */
  rfc3339(instant: number): string {
    const minutes = Math.round(this.offsetAt(instant) / 60_000);
    const local = new Date(instant + minutes * 60_000).toISOString().slice(0, 23);
    const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
    return `${local}${minutes < 0 ? '-' : '+'}${TWO_DIGITS[hours] ?? ''}:${TWO_DIGITS[rest] ?? ''}`;
  }

  /** Returns the offset from UTC at an instant, in milliseconds. */
  offsetAt(instant: number): number {
    const day = Math.floor(instant / DAY);
    if (day !== this.currentDay) {
      this.currentDay = day;
      this.offsetOfDay = this.findOffsetOfDay(day);
    }
    return this.offsetOfDay ?? this.offsetWithinDay(instant);
  }

  private findOffsetOfDay(day: number): number | undefined {
    if (this.offsetsOfDays.has(day)) return this.offsetsOfDays.get(day);
    if (this.offsetsOfDays.size === MAX_KNOWN_DAYS) this.offsetsOfDays.clear();
    const offset = this.findConstantOffset(day * DAY, DAY);
    this.offsetsOfDays.set(day, offset);
    return offset;
  }

  private offsetWithinDay(instant: number): number {
    const quarter = Math.floor(instant / QUARTER_HOUR);
    if (quarter !== this.quarter) {
      this.quarter = quarter;
      this.offsetOfQuarter = this.findConstantOffset(quarter * QUARTER_HOUR, QUARTER_HOUR);
    }
    return this.offsetOfQuarter ?? readOffset(instant, this.timeZone);
  }

  /** Returns the offset at both ends of a time span; undefined if it is not the same. */
  private findConstantOffset(start: number, length: number): number | undefined {
    const offset = readOffset(start, this.timeZone);
    return offset === readOffset(start + length - 1, this.timeZone) ? offset : undefined;
  }
}

const clocks = new Map<TimeZone, ZonedClock>();
