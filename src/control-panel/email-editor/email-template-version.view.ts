import { ApiProperty } from '@nestjs/swagger';
import type { Page } from '../../http/paging/page.dto';
import type { ZonedClock } from '../../lib/time/zoned-time';
import type { EmailTemplateVersion } from '../shopper-mails/email-template.entity';

/** What a template said at one time. */
export class EmailTemplateVersionView {
  /**
   * Its number, from 1 on.
   * @example 1
   */
  version: number;

  /**
   * The mail's subject.
   * @example "Your invoice"
   */
  subject: string;

  /** The mail as a page. */
  @ApiProperty({ example: '<p>Dear {{shopperName}},</p>' })
  html: string;

  /** The mail as a text. */
  @ApiProperty({ example: 'Dear {{shopperName}},' })
  text: string;

  /**
   * Whether mails go out with it.
   * @example true
   */
  active: boolean;

  /**
   * Name of whoever made it, as it was then.
   * @example "Maria Manager"
   */
  madeBy: string;

  /**
   * When it was made, RFC 3339 in the account's zone.
   * @example "2026-01-15T09:30:00.000+02:00"
   */
  madeAt: string;
}

/** One page of a template's history. */
export class EmailTemplateVersionPage implements Page<EmailTemplateVersionView> {
  /** The versions, newest first. */
  data: EmailTemplateVersionView[];

  /** Cursor of the next page; null on the last one. */
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
  return { version, subject, html, text, active, madeBy, madeAt: clock.rfc3339(madeAt.getTime()) };
}
