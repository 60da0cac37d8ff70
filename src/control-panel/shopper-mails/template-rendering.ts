import { placeholdersOf } from './email-placeholders';
import type { EmailContent, EmailKind } from './email-template.entity';
import { escapeHtml, resanitizeHtml, fillLinks } from './mail-html';
import { replacePlaceholders } from './template-part';

/** What a mail says: the content of a template with these values in place of its placeholders. */
export function renderTemplate(
  kind: EmailKind,
  content: EmailContent,
  given: Readonly<Record<string, string>>,
): EmailContent {
  const values = new Map(
    placeholdersOf(kind).map(({ name, maxLength }) => [name, toOneLine(given[name] ?? '', maxLength)]),
  );
  const valueOf = (name: string) => values.get(name) ?? '';
  const html = fillLinks(content.html, valueOf);
  return {
    subject: replacePlaceholders(content.subject, valueOf),
    html: resanitizeHtml(replacePlaceholders(html, (name) => escapeHtml(valueOf(name)))),
    text: replacePlaceholders(content.text, valueOf),
  };
}

/** A value can't begin a line of its own: not in a subject, where a header would begin, nor in a text. */
function toOneLine(value: string, maxLength: number): string {
  const characters = Array.from(value.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' '));
  return characters.length > maxLength ? `${characters.slice(0, maxLength - 1).join('')}…` : characters.join('');
}
