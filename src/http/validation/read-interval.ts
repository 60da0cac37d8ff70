import { intervalOfDays, type Interval } from '../../lib/time/interval';
import { instantsOf, type TimeZone } from '../../lib/time/zoned-time';
import { Problem } from '../problems/problem';
import { inQuery } from '../problems/request-field';

/**
 * The interval between two times as a request writes them: a local day, an RFC 3339 time, or a local time of the zone.
 * Without `from` it begins with the first record, without `to` it ends now; a day as `to` is in it as a whole.
 */
export function readInterval(
  from: string | undefined,
  to: string | undefined,
  now: Date,
  timeZone: TimeZone,
): Interval {
  const first = from === undefined ? -Infinity : readTime('from', from, timeZone).from;
  const last = to === undefined ? { from: now.getTime(), to: now.getTime() } : readTime('to', to, timeZone);
  // What begins where a day ends is later than that day, although nothing lies between the two.
  if (first > last.to || (first === last.to && last.from < last.to)) {
    throw Problem.badRequest(
      'interval_reversed',
      inQuery('from'),
      to === undefined ? 'from is later than now.' : 'from is later than to.',
    );
  }
  return { from: withinRecords(first), to: withinRecords(last.to) };
}

/** Past the last record, yet in the year 9999 on every clock: RFC 3339 has no year after it. */
const LATEST = Date.UTC(9999, 11, 30);

/** Nothing is recorded before 1970, whose clocks some zones set by the sun. */
function withinRecords(instant: number): number {
  return Math.min(Math.max(instant, 0), LATEST);
}

const DAY = /^(\d{4}-\d{2}-\d{2})$/;
const TIME = /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?([Zz]|[+-]\d{2}:\d{2})?$/;

/** What a time in a request stands for: a whole local day, or an instant, where `from` and `to` are the same. */
function readTime(field: 'from' | 'to', text: string, timeZone: TimeZone): Interval {
  const day = DAY.exec(text)?.[1];
  if (day !== undefined) {
    const midnight = readWallClock(field, day, '00:00', '00');
    return intervalOfDays(midnight, midnight, timeZone);
  }
  const [, date, clock, seconds = '00', fraction = '', offset] = TIME.exec(text) ?? [];
  if (date === undefined || clock === undefined) throw invalidTime(field);
  const wallClock = readWallClock(field, date, clock, seconds) + milliseconds(fraction);
  const instant =
    offset === undefined ? localInstant(field, wallClock, timeZone) : wallClock - readOffset(field, offset);
  return { from: instant, to: instant };
}

/** The wall-clock time as if it were UTC; refuses days and hours that no calendar has, such as 2026-02-30. */
function readWallClock(field: string, date: string, clock: string, seconds: string): number {
  const text = `${date}T${clock}:${seconds}.000Z`;
  const wallClock = Date.parse(text);
  if (Number.isNaN(wallClock) || new Date(wallClock).toISOString() !== text) throw invalidTime(field);
  return wallClock;
}

/** Digits of a second, rounded up: of whole milliseconds, those at or after the exact time are the same ones. */
function milliseconds(fraction: string): number {
  return Number(fraction.slice(0, 3).padEnd(3, '0')) + (/[1-9]/.test(fraction.slice(3)) ? 1 : 0);
}

function readOffset(field: string, offset: string): number {
  if (offset.toUpperCase() === 'Z') return 0;
  const [hours = 0, minutes = 0] = offset.slice(1).split(':').map(Number);
  if (hours > 23 || minutes > 59) throw invalidTime(field);
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

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

function invalidTime(field: string): Problem {
  return Problem.badRequest(
    'date_invalid',
    inQuery(field),
    `${field} must be a day of the calendar such as 2026-03-29, or an RFC 3339 time such as 2026-03-29T14:30:00+03:00.`,
  );
}
