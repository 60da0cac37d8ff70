import { findChanges } from '../../audit/recording/find-changes';
import { sha256 } from '../../lib/sha256';
import type { EmailContent, EmailTemplate } from '../shopper-mails/email-template.entity';

type NamedContent = EmailContent & Pick<EmailTemplate, 'name'>;

/** Returns the details by which a record names its template. */
export function templateDetails({ id: templateId, kind, language }: EmailTemplate) {
  return { templateId, kind, language };
}

/** Returns the changes of an edit for its record. Long texts are summarized; the version history has them in full. */
export function describeEdit(before: NamedContent, after: NamedContent) {
  return findChanges(summarizeTemplate(before), summarizeTemplate(after));
}

function summarizeTemplate({ name, ...content }: NamedContent) {
  return { name, ...summarizeContent(content) };
}

/** Summarizes the content of a template for a record: the subject in full, the HTML and the text by length and hash. */
export function summarizeContent({ subject, html, text }: EmailContent) {
  return { subject, html: fingerprint(html), text: fingerprint(text) };
}

/** Summarizes a text by its length and the first 16 hexadecimal digits of its hash. */
function fingerprint(text: string) {
  return { length: Array.from(text).length, sha256: sha256(text).slice(0, 16) };
}
