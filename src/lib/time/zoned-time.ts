/** An IANA time zone, such as `Europe/Bucharest`. */
export type TimeZone = string;

const QUARTER_HOUR = 15 * 60_000;
const DAY = 24 * 60 * 60_000;

/** Whether the name is a time zone of the IANA database; offsets such as `+02:00` and abbreviations such as `EST5EDT` aside. */
export function isTimeZone(name: string): boolean {
  if (name !== 'UTC' && !/^[A-Za-z_]+\/[A-Za-z0-9_+\-/]+$/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone.length > 0;
  } catch {
    return false;
  }
}

/** `GMT`, `GMT+03:00`, or before there were time zones `GMT+01:44:24`. */
const LONG_OFFSET = /GMT(?:([+-])(\d{2}):(\d{2})(?::\d{2})?)?$/;
/** Formats that are kept, because making one takes much longer than using it: of all zones, in any upper or lower case. */
const KEPT_FORMATS = 1000;
const offsetFormats = new Map<TimeZone, Intl.DateTimeFormat>();

/** How far the zone's clocks are ahead of UTC at an instant, in milliseconds of whole minutes. */
export function offsetAt(instant: number, timeZone: TimeZone): number {
  const [, sign = '+', hours = '0', minutes = '0'] = LONG_OFFSET.exec(offsetFormat(timeZone).format(instant))!;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

function offsetFormat(timeZone: TimeZone): Intl.DateTimeFormat {
  let format = offsetFormats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
    if (offsetFormats.size >= KEPT_FORMATS) offsetFormats.clear();
    offsetFormats.set(timeZone, format);
  }
  return format;
}

/**
 * The instants at which the zone's clocks show a wall-clock time, given as if it were UTC: none in the gap of a change
 * to summer time, two where clocks are set back.
 */
export function instantsOf(wallClock: number, timeZone: TimeZone): number[] {
  const offsets = new Set([offsetAt(wallClock - DAY, timeZone), offsetAt(wallClock + DAY, timeZone)]);
  return [...offsets]
    .map((offset) => wallClock - offset)
    .filter((instant) => instant + offsetAt(instant, timeZone) === wallClock)
    .sort((a, b) => a - b);
}

/** The first instant of a local day, given as its midnight in UTC; where that is in a gap, the first instant after it. */
export function startOfLocalDay(midnight: number, timeZone: TimeZone): number {
  return instantsOf(midnight, timeZone)[0] ?? firstInstantAfterGap(midnight, timeZone);
}

function firstInstantAfterGap(wallClock: number, timeZone: TimeZone): number {
  let before = wallClock - DAY - offsetAt(wallClock - DAY, timeZone);
  let after = wallClock + DAY - offsetAt(wallClock + DAY, timeZone);
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (middle + offsetAt(middle, timeZone) < wallClock) before = middle;
    else after = middle;
  }
  return after;
}

/**
 * Shows instants on the clocks of one zone. Looking an offset up costs 5 µs; so while instants come in order it looks up
 * both ends of each quarter of an hour, and each instant only in a quarter within which the offset changes, as at 00:01
 * in Newfoundland until 2011.
 */
export class ZonedClock {
  private quarter = NaN;
  /** Undefined in a quarter within which it changes. */
  private offset: number | undefined;

  constructor(readonly timeZone: TimeZone) {}

  /** `2014-06-10 11:46:01`, as the report shows it. */
  wallClock(instant: number): string {
    return new Date(instant + this.offsetOf(instant)).toISOString().slice(0, 19).replace('T', ' ');
  }

  /** `2014-06-10`, the local day. */
  day(instant: number): string {
    return new Date(instant + this.offsetOf(instant)).toISOString().slice(0, 10);
  }

  /** `2014-06-10T11:46:01.000+03:00`, RFC 3339 with the zone's offset. */
  rfc3339(instant: number): string {
    const minutes = Math.round(this.offsetOf(instant) / 60_000);
    const local = new Date(instant + minutes * 60_000).toISOString().slice(0, 23);
    const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
    return `${local}${minutes < 0 ? '-' : '+'}${twoDigits(hours)}:${twoDigits(rest)}`;
  }

  private offsetOf(instant: number): number {
    const quarter = Math.floor(instant / QUARTER_HOUR);
    if (quarter !== this.quarter) {
      this.quarter = quarter;
      const first = offsetAt(quarter * QUARTER_HOUR, this.timeZone);
      const last = offsetAt((quarter + 1) * QUARTER_HOUR - 1, this.timeZone);
      this.offset = first === last ? first : undefined;
    }
    return this.offset ?? offsetAt(instant, this.timeZone);
  }
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}
