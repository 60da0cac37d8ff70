const INSTANT = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:[Zz]|[+-]\d{2}:\d{2})$/;

/** The character code of the digit 0. */
const ZERO = 0x30;

/** Parses an RFC 3339 time with an offset, truncated to milliseconds. Returns undefined if the text is not one. */
export function parseInstant(text: string): Date | undefined {
  if (!INSTANT.test(text)) return undefined;
  // Each part but the fraction has its fixed place, and reading it there takes a fraction of the time of capturing it.
  const [year, month, day] = [readDigits(text, 0, 4), readDigits(text, 5, 2), readDigits(text, 8, 2)];
  const [hour, minute, second] = [readDigits(text, 11, 2), readDigits(text, 14, 2), readDigits(text, 17, 2)];
  if (hour > 23 || minute > 59 || second > 59 || day === 0) return undefined;
  const offset = readOffset(text);
  if (offset === undefined) return undefined;
  const moment = new Date(0);
  moment.setUTCFullYear(year, month - 1, day);
  // Date turns days that do not exist, such as 2026-02-30, into others.
  if (moment.getUTCMonth() !== month - 1) return undefined;
  const time = ((hour * 60 + minute) * 60 + second) * 1000 + readMilliseconds(text);
  return new Date(moment.getTime() + time - offset);
}

/** Returns the number that some digits of a text represent. */
function readDigits(text: string, start: number, length: number): number {
  let number = 0;
  for (let place = start; place < start + length; place++) number = number * 10 + text.charCodeAt(place) - ZERO;
  return number;
}

/** Returns the milliseconds of the fraction of a second, which may have any number of digits, or be absent. */
function readMilliseconds(text: string): number {
  if (text.charAt(19) !== '.') return 0;
  let milliseconds = 0;
  for (let place = 20, unit = 100; unit >= 1; place++, unit /= 10) {
    const digit = text.charCodeAt(place) - ZERO;
    if (!(digit >= 0 && digit <= 9)) break;
    milliseconds += digit * unit;
  }
  return milliseconds;
}

/** Returns the offset from UTC at the end of a time, in milliseconds; undefined if it is not valid. */
function readOffset(text: string): number | undefined {
  if (/[Zz]$/.test(text)) return 0;
  const [hours, minutes] = [readDigits(text, text.length - 5, 2), readDigits(text, text.length - 2, 2)];
  if (hours > 23 || minutes > 59) return undefined;
  const offset = (hours * 60 + minutes) * 60_000;
  return text.charAt(text.length - 6) === '-' ? -offset : offset;
}

/** Parses an RFC 3339 time that has been validated before. @throws Error if the text is not one */
export function requireInstant(text: string): Date {
  const instant = parseInstant(text);
  if (!instant) throw new Error(`Not an RFC 3339 time with an offset: ${text}`);
  return instant;
}
