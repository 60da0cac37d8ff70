import { ApiProperty, ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsString, Min } from 'class-validator';
import { PageQuery, type Page } from '../../http/paging/page.dto';
import { Characters, IsLanguage, Omittable, SingleLine, Trimmed } from '../../http/validation/dto-fields';
import { EMAIL_KINDS, type EmailKind } from '../shopper-mails/email-kind';

/** `active` while mails go out with one of its versions. */
export const EMAIL_TEMPLATE_STATUSES = ['draft', 'active'] as const;
export type EmailTemplateStatus = (typeof EMAIL_TEMPLATE_STATUSES)[number];

const SUBJECT = 'Invoice {{invoiceNumber}} from {{sellerName}}';
const HTML =
  '<p>Dear {{shopperName}},</p><p>attached is invoice {{invoiceNumber}} of your order <b>{{orderReference}}</b>.</p>';
const TEXT = 'Dear {{shopperName}},\n\nattached is invoice {{invoiceNumber}} of your order {{orderReference}}.\n';

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
  @ApiProperty({ example: SUBJECT })
  subject: string;

  /** The mail as a page, as its newest version has it. */
  @ApiProperty({ example: HTML })
  html: string;

  /** The mail as a text, as its newest version has it; for programs that show no pages. */
  @ApiProperty({ example: TEXT })
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

/** Which templates to list. */
export class EmailTemplatesQuery extends PageQuery {
  /** Only templates of this mail. */
  @ApiPropertyOptional({ enum: EMAIL_KINDS, enumName: 'EmailKind' })
  @Omittable()
  @IsIn(EMAIL_KINDS)
  kind?: EmailKind;

  /** Only templates in this language, BCP 47. */
  @Omittable()
  @IsLanguage()
  language?: string;

  /**
   * Whether to list those that are deleted, instead of those that aren't.
   * @example false
   */
  @Omittable()
  @Transform(({ value }: { value: unknown }) => ({ true: true, false: false })[String(value)] ?? value)
  @IsBoolean()
  deleted?: boolean;
}

/** A template to be made; a draft until it is activated. */
export class CreateEmailTemplate {
  /**
   * What its editors call it, 1 to 200 characters; for the report too.
   * @example "Invoice, short"
   */
  @Trimmed()
  @IsString()
  @Characters(1, 200)
  @SingleLine()
  name: string;

  /**
   * Which mail it is of; `GET /v1/email-templates/kinds` lists them.
   * @example "invoice"
   */
  @ApiProperty({ enum: EMAIL_KINDS, enumName: 'EmailKind' })
  @IsIn(EMAIL_KINDS)
  kind: EmailKind;

  /**
   * The language that it is in, BCP 47, at most 35 characters.
   * @example "en"
   */
  @IsLanguage()
  language: string;

  /** The mail's subject, one line of 1 to 200 characters; with its longest values, at most 500. */
  @ApiProperty({ example: SUBJECT })
  @Trimmed()
  @IsString()
  @Characters(1, 200)
  @SingleLine()
  subject: string;

  /**
   * The mail as a page, 1 to 50000 characters, with the tags and styles that mail programs show; its values are escaped.
   * Placeholders may stand in texts and in attributes, but in links only after the server's name. With its longest values,
   * at most 100000 characters.
   */
  @ApiProperty({ example: HTML })
  @IsString()
  @Characters(1, 50_000)
  html: string;

  /** The mail as a text, 1 to 10000 characters; with its longest values, at most 16000. */
  @ApiProperty({ example: TEXT })
  @IsString()
  @Characters(1, 10_000)
  text: string;
}

/** A change of a template; what is left out stays as it is. */
export class UpdateEmailTemplate {
  /**
   * What its editors call it, 1 to 200 characters; for the report too.
   * @example "Invoice"
   */
  @Omittable()
  @Trimmed()
  @IsString()
  @Characters(1, 200)
  @SingleLine()
  name?: string;

  /** The mail's subject, one line of 1 to 200 characters; with its longest values, at most 500. */
  @ApiPropertyOptional({ example: SUBJECT })
  @Omittable()
  @Trimmed()
  @IsString()
  @Characters(1, 200)
  @SingleLine()
  subject?: string;

  /** The mail as a page, 1 to 50000 characters; as when a template is made. */
  @ApiPropertyOptional({ example: HTML })
  @Omittable()
  @IsString()
  @Characters(1, 50_000)
  html?: string;

  /** The mail as a text, 1 to 10000 characters; with its longest values, at most 16000. */
  @ApiPropertyOptional({ example: TEXT })
  @Omittable()
  @IsString()
  @Characters(1, 10_000)
  text?: string;

  /**
   * The version of the template that you saw; if it has changed since, the answer is 409.
   * @example 1
   */
  @IsInt()
  @Min(1)
  version: number;
}
