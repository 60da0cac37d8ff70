import { inBody } from '../../http/problems/request-field';
import { FieldErrors } from '../../http/validation/field-errors';
import { lookUp } from '../../lib/elements';

import { placeholdersOf } from '../shopper-mails/email-placeholders';
import type { EmailContent, EmailKind } from '../shopper-mails/email-template.entity';
import { checkHtml } from '../shopper-mails/mail-html';
import { readPart, type TemplateFault, type TemplatePart } from '../shopper-mails/template-part';

type PartName = keyof EmailContent;

/** The maximum length of a template's HTML, in characters. */
export const MAX_HTML = 50_000;
/**
 * The maximum length of each part of a rendered email, in characters, which the outbox can store. For HTML: before
 * escaping.
 */
const MAX_RENDERED = { subject: 500, text: 16_000, html: 100_000 } as const;

/**
 * Checks the parts of a template, and returns them in the form in which they are stored.
 * @param parts the new or changed parts
 * @throws Problem that lists the faults of all parts
 */
export function checkContent<Parts extends Partial<EmailContent>>(kind: EmailKind, parts: Parts): Parts {
  const errors = new FieldErrors();
  const checked = (['subject', 'html', 'text'] as const).flatMap((name) => {
    const source = parts[name];
    if (source === undefined) return [];
    const part = checkPart(kind, name, source);
    if (typeof part !== 'string') errors.add(inBody(name), part.code, (field) => `${field} ${part.message}.`);
    return [[name, part] as const];
  });
  errors.assertNone();
  return { ...parts, ...Object.fromEntries(checked) };
}

/** Checks one part, and returns it in its stored form, or its fault. */
function checkPart(kind: EmailKind, name: PartName, source: string): string | TemplateFault {
  const known = placeholdersOf(kind).map((placeholder) => placeholder.name);
  const part = readPart(source, known);
  if ('code' in part) return part;
  if (name !== 'html') return findExcessLength(kind, name, part) ?? part.source;
  const html = checkHtml(part);
  if (typeof html !== 'string') return html;
  // The output of the sanitizer is checked again: character references can become braces, and tags can disappear.
  const safe = readPart(html, known);
  if ('code' in safe) return safe;
  if (safe.placeholders.join() !== part.placeholders.join()) {
    return { code: 'html_unsafe', message: 'has placeholders in places that an email does not show' };
  }
  return findExcessLength(kind, name, safe) ?? safe.source;
}

/** Finds a part that is too long, or that would be too long for the outbox if each value had its maximum length. */
function findExcessLength(kind: EmailKind, name: PartName, part: TemplatePart): TemplateFault | undefined {
  const code = 'length_out_of_range';
  const length = Array.from(part.source).length;
  if (name === 'html' && (length === 0 || length > MAX_HTML)) {
    return { code, message: `has ${length} characters when stored; it must have 1 to ${MAX_HTML}` };
  }
  const longest = new Map(placeholdersOf(kind).map((placeholder) => [placeholder.name, placeholder.maxLength]));
  const rendered = part.placeholders.reduce((sum, placeholder) => sum + lookUp(longest, placeholder), part.textLength);
  if (rendered <= MAX_RENDERED[name]) return undefined;
  return { code, message: `could have ${rendered} characters in an email; the maximum is ${MAX_RENDERED[name]}` };
}
