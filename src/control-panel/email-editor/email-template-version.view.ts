import { ApiProperty } from '@nestjs/swagger';
import type { Page } from '../../http/paging/page.dto';
import type { ZonedClock } from '../../lib/time/zoned-time';
import type { EmailTemplateVersion } from '../shopper-mails/email-template.entity';

/** A version of an email template. */
export class EmailTemplateVersionView {
  /**
   * The number of the version, starting at 1.
   * @example 1
   */
  version: number;

  /**
   * The subject of the email in this version, with placeholders.
   * @example "Your invoice"
   */
  subject: string;

  /** The HTML of the email in this version, with placeholders. */
  @ApiProperty({ example: '<p>Dear {{shopperName}},</p>' })
  html: string;

  /** The plain text of the email in this version, with placeholders. */
  @ApiProperty({ example: 'Dear {{shopperName}},' })
  text: string;

  /**
   * Whether emails are sent with this version.
   * @example true
   */
  active: boolean;

  /**
   * The name of the user who created the version, at the time of its creation.
   * @example "Maria Manager"
   */
  createdByName: string;

  /**
   * When the version was created: an RFC 3339 date-time in the account's time zone.
   * @example "2026-01-15T09:30:00.000+02:00"
   */
  @ApiProperty({ format: 'date-time' })
  createdAt: string;
}

/** A page of a template's versions. */
export class EmailTemplateVersionPage implements Page<EmailTemplateVersionView> {
  /** The versions on this page, newest first. */
  data: EmailTemplateVersionView[];

  /** The cursor of the next page, to send as `cursor`; null on the last page. */
  @ApiProperty({ type: String, nullable: true, example: null })
  nextCursor: string | null;
}

export function emailTemplateVersionView(
  { version, content, madeBy, madeAt }: EmailTemplateVersion,
  activeVersion: number | undefined,
  clock: ZonedClock,
): EmailTemplateVersionView {
  const { subject, html, text } = content;
  const active = version === activeVersion;
  const createdAt = clock.rfc3339(madeAt.getTime());
  return { version, subject, html, text, active, createdByName: madeBy, createdAt };
}
