import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsString, Max, Min } from 'class-validator';
import { PageQuery } from '../../http/paging/page.dto';
import { Characters, IsLanguage, Omittable, SingleLine, ToInteger, Trimmed } from '../../http/validation/dto-fields';

import { EMAIL_KINDS, type EmailContent, type EmailKind } from '../shopper-mails/email-template.entity';

/** The content of a template in the contract's examples. */
export const EXAMPLE_CONTENT: EmailContent = {
  subject: 'Invoice {{invoiceNumber}} from {{sellerName}}',
  html:
    '<p>Dear {{shopperName}},</p>' +
    '<p>attached is invoice {{invoiceNumber}} of your order <b>{{orderReference}}</b>.</p>',
  text: 'Dear {{shopperName}},\n\nattached is invoice {{invoiceNumber}} of your order {{orderReference}}.\n',
};

/** The filter for a list of email templates. */
export class EmailTemplatesQuery extends PageQuery {
  /**
   * A kind of email. The list includes only templates of this kind.
   * @example "invoice"
   */
  @ApiPropertyOptional({ enum: EMAIL_KINDS, enumName: 'EmailKind' })
  @Omittable()
  @IsIn(EMAIL_KINDS)
  kind?: EmailKind;

  /**
   * The BCP 47 tag of a language: at most 35 characters. The list includes only templates in this language.
   * @example "en"
   */
  @Omittable()
  @IsLanguage()
  language?: string;

  /**
   * Whether to list the deleted templates instead of the others.
   * @example false
   */
  @Omittable()
  @Transform(({ value }: { value: unknown }) => ({ true: true, false: false })[String(value)] ?? value)
  @IsBoolean()
  deleted?: boolean;

  /**
   * The maximum number of templates on a page: 1 to 100, 50 by default.
   * @example 50
   */
  @ApiPropertyOptional({ default: 50, maximum: 100 })
  @Omittable()
  @ToInteger()
  @IsInt()
  @Min(1)
  @Max(100)
  override limit?: number;
}

/** A new email template. It is a draft until you activate it. */
export class CreateEmailTemplate {
  /**
   * The template's name, as the editor and the report show it: 1 to 200 characters on a single line.
   * @example "Invoice, short"
   */
  @Trimmed()
  @IsString()
  @Characters(1, 200)
  @SingleLine()
  name: string;

  /**
   * The kind of email that the template is for, as `GET /v1/email-templates/kinds` lists it.
   * @example "invoice"
   */
  @ApiProperty({ enum: EMAIL_KINDS, enumName: 'EmailKind' })
  @IsIn(EMAIL_KINDS)
  kind: EmailKind;

  /**
   * The BCP 47 tag of the template's language: at most 35 characters.
   * @example "en"
   */
  @IsLanguage()
  language: string;

  /**
   * The subject of the email, with placeholders: 1 to 200 characters on a single line, and at most 500 with the longest
   * value of each placeholder.
   */
  @ApiProperty({ example: EXAMPLE_CONTENT.subject })
  @Trimmed()
  @IsString()
  @Characters(1, 200)
  @SingleLine()
  subject: string;

  /**
   * The HTML of the email, with placeholders: 1 to 50000 characters, and at most 100000 with the longest value of each
   * placeholder. Only tags and styles that email programs show are accepted. Placeholders can be in texts and
   * attributes, but in a link only after the host name. The service escapes their values.
   */
  @ApiProperty({ example: EXAMPLE_CONTENT.html })
  @IsString()
  @Characters(1, 50_000)
  html: string;

  /**
   * The plain text of the email, with placeholders: 1 to 10000 characters, and at most 16000 with the longest value of
   * each placeholder.
   */
  @ApiProperty({ example: EXAMPLE_CONTENT.text })
  @IsString()
  @Characters(1, 10_000)
  text: string;
}

/** The changes to an email template. A field that you leave out keeps its value. */
export class UpdateEmailTemplate {
  /**
   * The template's name, as the editor and the report show it: 1 to 200 characters on a single line.
   * @example "Invoice"
   */
  @Omittable()
  @Trimmed()
  @IsString()
  @Characters(1, 200)
  @SingleLine()
  name?: string;

  /**
   * The subject of the email, with placeholders: 1 to 200 characters on a single line, and at most 500 with the longest
   * value of each placeholder.
   */
  @ApiPropertyOptional({ example: EXAMPLE_CONTENT.subject })
  @Omittable()
  @Trimmed()
  @IsString()
  @Characters(1, 200)
  @SingleLine()
  subject?: string;

  /**
   * The HTML of the email, with placeholders: 1 to 50000 characters, and at most 100000 with the longest value of each
   * placeholder. The rules are the same as for a new template.
   */
  @ApiPropertyOptional({ example: EXAMPLE_CONTENT.html })
  @Omittable()
  @IsString()
  @Characters(1, 50_000)
  html?: string;

  /**
   * The plain text of the email, with placeholders: 1 to 10000 characters, and at most 16000 with the longest value of
   * each placeholder.
   */
  @ApiPropertyOptional({ example: EXAMPLE_CONTENT.text })
  @Omittable()
  @IsString()
  @Characters(1, 10_000)
  text?: string;

  /**
   * The version of the template that your change is based on. If the template has changed since, the response is 409
   * `version_outdated`.
   * @example 1
   */
  @IsInt()
  @Min(1)
  @Max(2_147_483_647)
  version: number;
}
