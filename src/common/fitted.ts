import { redactText } from './redact';

/** A text as a column of so many characters can hold it, without secrets; what is cut off shows by an ellipsis. */
export function fitted(text: string, length: number): string;
export function fitted(text: string | null | undefined, length: number): string | null;
export function fitted(text: string | null | undefined, length: number): string | null {
  if (text === null || text === undefined) return null;
  const redacted = redactText(text).toWellFormed();
  const characters = Array.from(redacted);
  return characters.length > length ? `${characters.slice(0, length - 1).join('')}…` : redacted;
}
