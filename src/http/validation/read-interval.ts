import { intervalOfDays, LATEST_END, type Interval } from '../../lib/time/interval';
import { instantsOf, type TimeZone } from '../../lib/time/zoned-time';
import { Problem } from '../problems/problem';
import { inQuery } from '../problems/request-field';

/**
 * Returns the interval between two times of a request. Each of them is a local day, an RFC 3339 date-time, or a local
 * time in the time zone. Without `from` the interval begins with the first record; without `to` it ends now. It
 * includes the whole day that `to` names.
 */
export function readInterval(
  from: string | undefined,
  to: string | undefined,
  now: Date,
  timeZone: TimeZone,
): Interval {
  const first = from === undefined ? -Infinity : readTime('from', from, timeZone).from;
  const last = to === undefined ? { from: now.getTime(), to: now.getTime() } : readTime('to', to, timeZone);
  // A `from` at the end of the day that `to` names is later than that day, although it is equal to its end.
  if (first > last.to || (first === last.to && last.from < last.to)) {
    throw Problem.badRequest(
      'interval_reversed',
      inQuery('from'),
      to === undefined ? 'from is later than now.' : 'from is later than to.',
    );
  }
  return { from: withinRecords(first), to: withinRecords(last.to) };
}

/** Moves an instant into the time that can have records. There are none before 1970. */
function withinRecords(instant: number): number {
  return Math.min(Math.max(instant, 0), LATEST_END);
}

/** A local day, an RFC 3339 date-time, or a local time. */
export const INTERVAL_END =
  /^(\d{4}-\d{2}-\d{2})(?:[Tt ](\d{2}:\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?([Zz]|[+-]\d{2}:\d{2})?)?$/;
/** Where the `+` of an offset was, if it was not percent-encoded. */
const SPACE_BEFORE_OFFSET = / (?=\d{2}:\d{2}$)/;

/**
 * Reads a time of a request: a local day as an interval, or an instant as an interval whose `from` and `to` are equal.
 */
function readTime(field: 'from' | 'to', text: string, timeZone: TimeZone): Interval {
  const [, date, clock, seconds = '00', fraction = '', offset] = INTERVAL_END.exec(text) ?? [];
  if (date === undefined) {
    const intended = text.replace(SPACE_BEFORE_OFFSET, '+');
    throw INTERVAL_END.test(intended) ? unencodedOffset(field, intended) : invalidTime(field);
  }
  if (clock === undefined) {
    const midnight = readWallClock(field, date, '00:00', '00');
    return intervalOfDays(midnight, midnight, timeZone);
  }
  const wallClock = readWallClock(field, date, clock, seconds) + parseFraction(fraction);
  const instant =
    offset === undefined ? localInstant(field, wallClock, timeZone) : wallClock - readOffset(field, offset);
  return { from: instant, to: instant };
}

/**
 * Returns a local time as milliseconds, as if it were in UTC. Refuses days and times that do not exist, such as
 * 2026-02-30.
 */
function readWallClock(field: string, date: string, clock: string, seconds: string): number {
  const text = `${date}T${clock}:${seconds}.000Z`;
  const wallClock = Date.parse(text);
  if (Number.isNaN(wallClock) || new Date(wallClock).toISOString() !== text) throw invalidTime(field);
  return wallClock;
}

/**
 * Converts the decimals of a second to milliseconds. Rounds up, which selects the same records, because these have
 * milliseconds.
 */
function parseFraction(fraction: string): number {
  return Number(fraction.slice(0, 3).padEnd(3, '0')) + (/[1-9]/.test(fraction.slice(3)) ? 1 : 0);
}

/** Returns the milliseconds by which an offset, such as `+02:00`, is ahead of UTC. */
function readOffset(field: string, offset: string): number {
  if (offset.toUpperCase() === 'Z') return 0;
  const [hours = 0, minutes = 0] = offset.slice(1).split(':').map(Number);
  if (hours > 23 || minutes > 59) throw invalidTime(field);
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

/** Returns the instant of a local time. Refuses a time that clocks skip or show twice. */
function localInstant(field: string, wallClock: number, timeZone: TimeZone): number {
  const [instant, ...others] = instantsOf(wallClock, timeZone);
  if (instant !== undefined && others.length === 0) return instant;
  const [code, why] =
    instant === undefined
      ? ['local_time_nonexistent', 'does not exist: clocks skip it']
      : ['local_time_ambiguous', 'occurs twice: clocks are set back over it'];
  throw Problem.badRequest(
    code,
    inQuery(field),
    `This local time ${why} in ${timeZone}; name its offset, such as +02:00.`,
  );
}

/** Returns the problem of a time whose offset lost its `+`, because a `+` in a URL means a space. */
function unencodedOffset(field: 'from' | 'to', intended: string): Problem {
  const encoded = intended.replace('+', '%2B');
  return Problem.badRequest(
    'date_invalid',
    inQuery(field),
    `${field} has a space before its offset: in a URL, + means a space, so send it as %2B, such as ${encoded}.`,
  );
}

function invalidTime(field: string): Problem {
  return Problem.badRequest(
    'date_invalid',
    inQuery(field),
    `${field} must be a day such as 2026-03-29, a date-time such as 2026-03-29T14:30:00+03:00, or a local time such as 2026-03-29T14:30.`,
  );
}
