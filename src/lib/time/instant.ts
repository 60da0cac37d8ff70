const INSTANT = /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(?:[Zz]|([+-])(\d{2}):(\d{2}))$/;

/** Parses an RFC 3339 time with an offset, truncated to milliseconds. Returns undefined if the text is not one. */
export function parseInstant(text: string): Date | undefined {
  const match = INSTANT.exec(text);
  if (!match) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number);
  const [, , , , , , , fraction = '', sign, hours = '0', minutes = '0'] = match;
  const moment = new Date(0);
  moment.setUTCFullYear(year, month - 1, day);
  moment.setUTCHours(hour, minute, second, Number(fraction.slice(0, 3).padEnd(3, '0')));
  // Date turns days that do not exist, such as 2026-02-30, into others.
  if (moment.getUTCMonth() !== month - 1 || hour > 23 || minute > 59 || second > 59) return undefined;
  if (day === 0) return undefined;
  if (Number(hours) > 23 || Number(minutes) > 59) return undefined;
  const offset = (Number(hours) * 60 + Number(minutes)) * 60_000;
  return new Date(moment.getTime() - (sign === '-' ? -offset : offset));
}

/** Parses an RFC 3339 time that has been validated before. @throws Error if the text is not one */
export function requireInstant(text: string): Date {
  const instant = parseInstant(text);
  if (!instant) throw new Error(`Not an RFC 3339 time with an offset: ${text}`);
  return instant;
}
