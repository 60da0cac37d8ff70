import type Handlebars from 'handlebars';
import { loadPackage } from '../../lib/load-package';
import { placeholdersOf } from './email-placeholders';
import type { EmailContent, EmailKind } from './email-template.entity';
import { stillSafeHtml, withValuesInLinks } from './mail-html';

let engine: typeof Handlebars | undefined;

/** What a mail says: the content of a template with these values in place of its placeholders. */
export function renderTemplate(
  kind: EmailKind,
  content: EmailContent,
  given: Readonly<Record<string, string>>,
): EmailContent {
  const values = Object.fromEntries(
    placeholdersOf(kind).map(({ name, maxLength }) => [name, toOneLine(given[name] ?? '', maxLength)]),
  );
  return {
    subject: fill(content.subject, values, { noEscape: true }),
    html: stillSafeHtml(fill(withValuesInLinks(content.html, values), values, { noEscape: false })),
    text: fill(content.text, values, { noEscape: true }),
  };
}

function fill(source: string, values: Readonly<Record<string, string>>, options: { noEscape: boolean }): string {
  engine ??= newEngine();
  return engine.compile<Readonly<Record<string, string>>>(source, { ...options, knownHelpersOnly: true })(values);
}

/** An engine of our own, without a single helper. */
function newEngine(): typeof Handlebars {
  const own = (loadPackage('handlebars') as typeof Handlebars).create();
  for (const helper of Object.keys(own.helpers)) own.unregisterHelper(helper);
  return own;
}

/** A value can't begin a line of its own: not in a subject, where a header would begin, nor in a text. */
function toOneLine(value: string, maxLength: number): string {
  const characters = Array.from(value.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' '));
  return characters.length > maxLength ? `${characters.slice(0, maxLength - 1).join('')}…` : characters.join('');
}
