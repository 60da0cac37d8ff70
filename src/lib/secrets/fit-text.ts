import { redactText } from './redact';

/** More UTF-16 units than any secret has, however it is spelled. */
const MAX_SECRET_LENGTH = 1000;

/** A text as a column of so many characters can hold it, without secrets; what is cut off shows by an ellipsis. */
export function fitText(text: string, length: number): string;
export function fitText(text: string | null | undefined, length: number): string | null;
export function fitText(text: string | null | undefined, length: number): string | null {
  if (text === null || text === undefined) return null;
  const redacted = redactStart(text, 4 * length).toWellFormed();
  const characters = Array.from(redacted);
  const isCut = characters.length > length || text.length > 4 * length + MAX_SECRET_LENGTH;
  return isCut ? `${characters.slice(0, length - 1).join('')}…` : redacted;
}

/** The text without secrets, but of a longer one only about as much as is needed: attempts may bring texts of any length. */
function redactStart(text: string, needed: number): string {
  if (text.length <= needed + MAX_SECRET_LENGTH) return redactText(text);
  // A secret that the cut goes through can't be recognised any more: it would stand at the end.
  return redactText(text.slice(0, needed + MAX_SECRET_LENGTH)).slice(0, -MAX_SECRET_LENGTH);
}
