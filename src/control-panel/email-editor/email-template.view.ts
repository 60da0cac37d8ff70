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

/** `active` while mails go out with one of its versions. */
export const EMAIL_TEMPLATE_STATUSES = ['draft', 'active'] as const;
export type EmailTemplateStatus = (typeof EMAIL_TEMPLATE_STATUSES)[number];

/** A template of a mail that shoppers get. */
export class EmailTemplateView {
  /**
   * The template's id.
   * @example "01J000000000000000000TEMP1"
   */
  id: string;

  /**
   * What its editors call it.
   * @example "Invoice"
   */
  name: string;

  /**
   * Which mail it is of.
   * @example "invoice"
   */
  @ApiProperty({ enum: EMAIL_KINDS, enumName: 'EmailKind' })
  kind: EmailKind;

  /**
   * The language that it is in, BCP 47.
   * @example "en"
   */
  language: string;

  /** The mail's subject, as its newest version has it. */
  @ApiProperty({ example: EXAMPLE_CONTENT.subject })
  subject: string;

  /** The mail as a page, as its newest version has it. */
  @ApiProperty({ example: EXAMPLE_CONTENT.html })
  html: string;

  /** The mail as a text, as its newest version has it; for programs that show no pages. */
  @ApiProperty({ example: EXAMPLE_CONTENT.text })
  text: string;

  /**
   * Number of its newest version; a change names the version that it is made to.
   * @example 1
   */
  version: number;

  /**
   * The version that mails go out with; null while it is none.
   * @example 1
   */
  @ApiProperty({ type: Number, nullable: true })
  activeVersion: number | null;

  /**
   * `active` while mails go out with one of its versions; a newer version of it may be a draft.
   * @example "active"
   */
  @ApiProperty({ enum: EMAIL_TEMPLATE_STATUSES, enumName: 'EmailTemplateStatus' })
  status: EmailTemplateStatus;

  /**
   * When it was made, RFC 3339 in the account's zone.
   * @example "2026-01-15T09:30:00.000+02:00"
   */
  createdAt: string;

  /**
   * When its newest version was made, RFC 3339 in the account's zone.
   * @example "2026-01-15T09:30:00.000+02:00"
   */
  updatedAt: string;

  /** When it was deleted, RFC 3339 in the account's zone; null while it isn't. */
  @ApiProperty({ type: String, nullable: true, example: null })
  deletedAt: string | null;
}

/** A template as lists show it: without what its mails say. */
export class EmailTemplateSummary extends OmitType(EmailTemplateView, ['html', 'text']) {}

/** One page of templates. */
export class EmailTemplatePage implements Page<EmailTemplateSummary> {
  /** The templates, oldest first. */
  data: EmailTemplateSummary[];

  /** Cursor of the next page; null on the last one. */
  @ApiProperty({ type: String, nullable: true, example: null })
  nextCursor: string | null;
}

/** A template without what its mails say. */
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

/** @param content what its newest version says */
export function emailTemplateView(
  template: EmailTemplate,
  content: EmailContent,
  activeVersion: number | undefined,
  clock: ZonedClock,
): EmailTemplateView {
  const { subject, html, text } = content;
  return { ...emailTemplateSummary(template, subject, activeVersion, clock), html, text };
}
