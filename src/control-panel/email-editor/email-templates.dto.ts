import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsString, Min } from 'class-validator';
import { PageQuery } from '../../http/paging/page.dto';
import { Characters, IsLanguage, Omittable, SingleLine, Trimmed } from '../../http/validation/dto-fields';

import { EMAIL_KINDS, type EmailContent, type EmailKind } from '../shopper-mails/email-template.entity';

/** Parts of a template as the contract's examples have them. */
export const EXAMPLE_CONTENT: EmailContent = {
  subject: 'Invoice {{invoiceNumber}} from {{sellerName}}',
  html:
    '<p>Dear {{shopperName}},</p>' +
    '<p>attached is invoice {{invoiceNumber}} of your order <b>{{orderReference}}</b>.</p>',
  text: 'Dear {{shopperName}},\n\nattached is invoice {{invoiceNumber}} of your order {{orderReference}}.\n',
};

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
  @ApiProperty({ example: EXAMPLE_CONTENT.subject })
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
  @ApiProperty({ example: EXAMPLE_CONTENT.html })
  @IsString()
  @Characters(1, 50_000)
  html: string;

  /** The mail as a text, 1 to 10000 characters; with its longest values, at most 16000. */
  @ApiProperty({ example: EXAMPLE_CONTENT.text })
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
  @ApiPropertyOptional({ example: EXAMPLE_CONTENT.subject })
  @Omittable()
  @Trimmed()
  @IsString()
  @Characters(1, 200)
  @SingleLine()
  subject?: string;

  /** The mail as a page, 1 to 50000 characters; as when a template is made. */
  @ApiPropertyOptional({ example: EXAMPLE_CONTENT.html })
  @Omittable()
  @IsString()
  @Characters(1, 50_000)
  html?: string;

  /** The mail as a text, 1 to 10000 characters; with its longest values, at most 16000. */
  @ApiPropertyOptional({ example: EXAMPLE_CONTENT.text })
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
