import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, IsString, Max, Min } from 'class-validator';
import type { Page } from '../../http/paging/page.dto';
import { Omittable, Characters } from '../../http/validation/dto-fields';

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

/** How much of a history is asked for, and from where on. */
export class EmailTemplateVersionsQuery {
  /**
   * Versions on a page, 1 to 100: each is a whole mail.
   * @example 20
   */
  @ApiPropertyOptional({ default: 20 })
  @Omittable()
  @Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value,
  )
  @IsInt()
  @Min(1)
  @Max(100)
  limit?: number;

  /** Where the next page begins: `nextCursor` of the answer before, unchanged. */
  @Omittable()
  @IsString()
  @Characters(0, 1000)
  cursor?: string;
}
