import { findChanges } from '../../audit/recording/find-changes';
import { sha256 } from '../../lib/sha256';
import type { EmailContent, EmailTemplate } from '../shopper-mails/email-template.entity';

type NamedContent = EmailContent & Pick<EmailTemplate, 'name'>;

/** Which template a record is about. */
export function templateDetails({ id: templateId, kind, language }: EmailTemplate) {
  return { templateId, kind, language };
}

/** What an edit changed, for its record: whole mails stay out of it, the history has them. */
export function describeEdit(before: NamedContent, after: NamedContent) {
  return findChanges(summarizeTemplate(before), summarizeTemplate(after));
}

function summarizeTemplate({ name, ...content }: NamedContent) {
  return { name, ...summarizeContent(content) };
}

/** What a template says, for a record: the subject in full, the rest as its length and its fingerprint. */
export function summarizeContent({ subject, html, text }: EmailContent) {
  return { subject, html: fingerprint(html), text: fingerprint(text) };
}

function fingerprint(text: string) {
  return { length: Array.from(text).length, sha256: sha256(text).slice(0, 16) };
}
