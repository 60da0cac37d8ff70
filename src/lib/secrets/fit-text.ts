import { redactText } from './redact';

/** Maximum length of a secret in UTF-16 code units, including its longest encoding. */
const MAX_SECRET_LENGTH = 1000;

/**
 * Redacts a text and shortens it to the length of a database column, in code points. A shortened text ends with an
 * ellipsis.
 */
export function fitText(text: string, length: number): string;
export function fitText(text: string | null | undefined, length: number): string | null;
export function fitText(text: string | null | undefined, length: number): string | null {
  if (text === null || text === undefined) return null;
  const redacted = redactStart(text, 4 * length).toWellFormed();
  // A character is one or two UTF-16 units.
  if (text.length <= length && redacted.length <= length) return redacted;
  const characters = Array.from(redacted);
  const isCut = characters.length > length || text.length > 4 * length + MAX_SECRET_LENGTH;
  return isCut ? `${characters.slice(0, length - 1).join('')}…` : redacted;
}

/**
 * Redacts a text, or only its first `needed` code units if it is long: failed attempts may contain texts of any length.
 */
function redactStart(text: string, needed: number): string {
  if (text.length <= needed + MAX_SECRET_LENGTH) return redactText(text);
  // A secret that is cut in two is not found, so the end of the cut text, which may hold half of one, is dropped.
  return redactText(text.slice(0, needed + MAX_SECRET_LENGTH)).slice(0, -MAX_SECRET_LENGTH);
}
