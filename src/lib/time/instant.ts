const INSTANT = /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?(?:[Zz]|([+-])(\d{2}):(\d{2}))$/;

/** Parses an RFC 3339 time with an offset, truncated to milliseconds. Returns undefined if the text is not one. */
export function parseInstant(text: string): Date | undefined {
  const [whole, day, clock, fraction = '', sign, hours = '0', minutes = '0'] = INSTANT.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const wallClock = `${day}T${clock}.${fraction.slice(0, 3).padEnd(3, '0')}Z`;
  const moment = new Date(wallClock);
  // Date turns days and hours that do not exist, such as 2026-02-30, into others, or becomes invalid.
  if (Number.isNaN(moment.getTime()) || moment.toISOString() !== wallClock) return undefined;
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
