import { ApiProperty, OmitType } from '@nestjs/swagger';
import type { Page } from '../../http/paging/page.dto';
import type { ZonedClock } from '../../lib/time/zoned-time';
import {
  EMAIL_KINDS,
  type EmailContent,
  type EmailKind,
  type EmailTemplate,
} from '../shopper-mails/email-template.entity';
import { EXAMPLE_CONTENT } from './email-templates.dto';

/** `active` while one of the template's versions is active, `draft` otherwise. */
export const EMAIL_TEMPLATE_STATUSES = ['draft', 'active'] as const;
export type EmailTemplateStatus = (typeof EMAIL_TEMPLATE_STATUSES)[number];

/** A template for one kind of email in one language. */
export class EmailTemplateView {
  /**
   * The template's id: 26 characters.
   * @example "01J000000000000000000TEMP1"
   */
  id: string;

  /**
   * The template's name, as the editor and the report show it.
   * @example "Invoice"
   */
  name: string;

  /**
   * The kind of email that the template is for.
   * @example "invoice"
   */
  @ApiProperty({ enum: EMAIL_KINDS, enumName: 'EmailKind' })
  kind: EmailKind;

  /**
   * The BCP 47 tag of the template's language.
   * @example "en"
   */
  language: string;

  /** The subject of the email in the newest version, with placeholders. */
  @ApiProperty({ example: EXAMPLE_CONTENT.subject })
  subject: string;

  /** The HTML of the email in the newest version, with placeholders. */
  @ApiProperty({ example: EXAMPLE_CONTENT.html })
  html: string;

  /** The plain text of the email in the newest version, with placeholders. */
  @ApiProperty({ example: EXAMPLE_CONTENT.text })
  text: string;

  /**
   * The number of the newest version, starting at 1. Send it with your next change.
   * @example 1
   */
  version: number;

  /**
   * The number of the version that emails are sent with; null if the template is not active.
   * @example 1
   */
  @ApiProperty({ type: Number, nullable: true })
  activeVersion: number | null;

  /**
   * The template's status: `active` if emails are sent with one of its versions, `draft` otherwise. An active template
   * can have newer versions that are not active yet.
   * @example "active"
   */
  @ApiProperty({ enum: EMAIL_TEMPLATE_STATUSES, enumName: 'EmailTemplateStatus' })
  status: EmailTemplateStatus;

  /**
   * When the template was created: an RFC 3339 date-time in the account's time zone.
   * @example "2026-01-15T09:30:00.000+02:00"
   */
  @ApiProperty({ format: 'date-time' })
  createdAt: string;

  /**
   * When the newest version was created: an RFC 3339 date-time in the account's time zone.
   * @example "2026-01-15T09:30:00.000+02:00"
   */
  @ApiProperty({ format: 'date-time' })
  updatedAt: string;

  /** When the template was deleted: an RFC 3339 date-time in the account's time zone; null if it is not deleted. */
  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: null })
  deletedAt: string | null;
}

/** An email template without its HTML and plain text. */
export class EmailTemplateSummary extends OmitType(EmailTemplateView, ['html', 'text']) {}

/** A page of email templates. */
export class EmailTemplatePage implements Page<EmailTemplateSummary> {
  /** The templates on this page, oldest first. */
  data: EmailTemplateSummary[];

  /** The cursor of the next page, to send as `cursor` with the same filter; null on the last page. */
  @ApiProperty({ type: String, nullable: true, example: null })
  nextCursor: string | null;
}

/** Shows an email template without its HTML and plain text. */
export function emailTemplateSummary(
  { id, name, kind, language, version, createdAt, updatedAt, deletedAt }: EmailTemplate,
  subject: string,
  activeVersion: number | undefined,
  clock: ZonedClock,
): EmailTemplateSummary {
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

/** @param content the content of its newest version */
export function emailTemplateView(
  template: EmailTemplate,
  content: EmailContent,
  activeVersion: number | undefined,
  clock: ZonedClock,
): EmailTemplateView {
  const { subject, html, text } = content;
  return { ...emailTemplateSummary(template, subject, activeVersion, clock), html, text };
}
