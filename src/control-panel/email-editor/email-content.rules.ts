import { inBody } from '../../http/problems/request-field';
import { FieldErrors } from '../../http/validation/field-errors';
import { lookUp } from '../../lib/elements';

import { placeholdersOf } from '../shopper-mails/email-placeholders';
import type { EmailContent, EmailKind } from '../shopper-mails/email-template.entity';
import { safeHtml } from '../shopper-mails/mail-html';
import { readPart, type TemplateFault, type TemplatePart } from '../shopper-mails/template-part';

type PartName = keyof EmailContent;

/** Characters of the HTML of a template. */
export const MAX_HTML = 50_000;
/** Characters that a part can have in a mail, which is what the outbox can hold; of HTML, before it is escaped. */
const MAX_RENDERED = { subject: 500, text: 16_000, html: 100_000 } as const;

/**
 * The parts of a template as they are stored. Whatever is wrong with any of them is told at once: 400.
 * @param parts those that are new; the others have been checked before
 */
export function checkContent<Parts extends Partial<EmailContent>>(kind: EmailKind, parts: Parts): Parts {
  const errors = new FieldErrors();
  const checked = (['subject', 'html', 'text'] as const).flatMap((name) => {
    const source = parts[name];
    if (source === undefined) return [];
    const part = checkPart(kind, name, source);
    if (typeof part !== 'string') errors.add(inBody(name), part.code, (field) => `${field} ${part.what}.`);
    return [[name, part] as const];
  });
  errors.assertNone();
  return { ...parts, ...Object.fromEntries(checked) };
}

function checkPart(kind: EmailKind, name: PartName, source: string): string | TemplateFault {
  const known = placeholdersOf(kind).map((placeholder) => placeholder.name);
  const part = readPart(source, known);
  if ('code' in part) return part;
  if (name !== 'html') return findExcessLength(kind, name, part) ?? part.source;
  const html = safeHtml(part);
  if (typeof html !== 'string') return html;
  // What the sanitiser wrote is a template of its own: character references may have become braces, and tags be gone.
  const safe = readPart(html, known);
  if ('code' in safe) return safe;
  if (safe.placeholders.join() !== part.placeholders.join()) {
    return { code: 'html_unsafe', what: 'has placeholders in places that an email does not show' };
  }
  return findExcessLength(kind, name, safe) ?? safe.source;
}

/** Whether a part could become longer than the outbox holds, if each of its values is as long as it can be. */
function findExcessLength(kind: EmailKind, name: PartName, part: TemplatePart): TemplateFault | undefined {
  const code = 'length_out_of_range';
  const written = Array.from(part.source).length;
  if (name === 'html' && (written === 0 || written > MAX_HTML)) {
    return { code, what: `has ${written} characters when stored; it must have 1 to ${MAX_HTML}` };
  }
  const longest = new Map(placeholdersOf(kind).map((placeholder) => [placeholder.name, placeholder.maxLength]));
  const rendered = part.placeholders.reduce((sum, placeholder) => sum + lookUp(longest, placeholder), part.textLength);
  if (rendered <= MAX_RENDERED[name]) return undefined;
  return { code, what: `could have ${rendered} characters in an email; the maximum is ${MAX_RENDERED[name]}` };
}
