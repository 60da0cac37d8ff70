import { changes } from '../../audit/recording/changes';
import { sha256 } from '../../lib/sha256';
import { ZonedClock } from '../../lib/time/zoned-time';
import type { EmailContent, EmailTemplate, EmailTemplateVersion } from '../shopper-mails/email-template.entity';
import type { EmailTemplateVersionView } from './email-template-versions.dto';
import type { EmailTemplateSummary, EmailTemplateView } from './email-templates.dto';

/** A template as lists show it, with its times in the zone. */
export function templateSummary(
  { id, name, kind, language, version, createdAt, updatedAt, deletedAt }: EmailTemplate,
  subject: string,
  activeVersion: number | undefined,
  timeZone: string,
): EmailTemplateSummary {
  const clock = new ZonedClock(timeZone);
  return {
    id,
    name,
    kind,
    language,
    subject,
    version,
    activeVersion: activeVersion ?? null,
    status: activeVersion === undefined ? 'draft' : 'active',
    createdAt: clock.rfc3339(createdAt.getTime()),
    updatedAt: clock.rfc3339(updatedAt.getTime()),
    deletedAt: deletedAt && clock.rfc3339(deletedAt.getTime()),
  };
}

/** A template with what its newest version says. */
export function templateView(
  template: EmailTemplate,
  { subject, html, text }: EmailContent,
  activeVersion: number | undefined,
  timeZone: string,
): EmailTemplateView {
  return { ...templateSummary(template, subject, activeVersion, timeZone), html, text };
}

/** A version of a template's history. */
export function versionView(
  { version, content, madeBy, madeAt }: EmailTemplateVersion,
  activeVersion: number | undefined,
  timeZone: string,
): EmailTemplateVersionView {
  const { subject, html, text } = content;
  const at = new ZonedClock(timeZone).rfc3339(madeAt.getTime());
  return { version, subject, html, text, active: version === activeVersion, madeBy, madeAt: at };
}

/** Which template a record is about. */
export function recordedTemplate({ id: templateId, kind, language }: EmailTemplate) {
  return { templateId, kind, language };
}

/** What an edit changed, for its record: whole mails stay out of it, the history has them. */
export function recordedChanges(
  before: EmailContent & Pick<EmailTemplate, 'name'>,
  after: EmailContent & Pick<EmailTemplate, 'name'>,
) {
  return changes(recorded(before), recorded(after));
}

function recorded({ name, ...content }: EmailContent & Pick<EmailTemplate, 'name'>) {
  return { name, ...recordedContent(content) };
}

/** What a template says, for a record: the subject in full, the rest as its length and its fingerprint. */
export function recordedContent({ subject, html, text }: EmailContent) {
  return { subject, html: fingerprint(html), text: fingerprint(text) };
}

function fingerprint(text: string) {
  return { length: Array.from(text).length, sha256: sha256(text).slice(0, 16) };
}
