import { placeholdersOf } from './email-placeholders';
import type { EmailContent, EmailKind } from './email-template.entity';
import { escapeHtml, resanitizeHtml, fillLinks } from './mail-html';
import { replacePlaceholders } from './template-part';

/**
 * Renders an email: replaces the placeholders in the content of a template with values. A placeholder without a value
 * becomes empty.
 */
export function renderTemplate(
  kind: EmailKind,
  content: EmailContent,
  valuesByName: Readonly<Record<string, string>>,
): EmailContent {
  const values = new Map(
    placeholdersOf(kind).map(({ name, maxLength }) => [name, toOneLine(valuesByName[name] ?? '', maxLength)]),
  );
  const valueOf = (name: string) => values.get(name) ?? '';
  // Links come first, because values in a URL are URL-encoded and those in the rest of the HTML are escaped.
  const html = fillLinks(content.html, valueOf);
  return {
    subject: replacePlaceholders(content.subject, valueOf),
    html: resanitizeHtml(replacePlaceholders(html, (name) => escapeHtml(valueOf(name)))),
    text: replacePlaceholders(content.text, valueOf),
  };
}

/**
 * Replaces line breaks and other control characters with a space, because a value must not start a new line or, in a
 * subject, a new header. Truncates a value that is too long, and ends it with an ellipsis.
 */
function toOneLine(value: string, maxLength: number): string {
  const characters = Array.from(value.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' '));
  return characters.length > maxLength ? `${characters.slice(0, maxLength - 1).join('')}…` : characters.join('');
}
