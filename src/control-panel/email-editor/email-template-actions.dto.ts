import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsEmail, IsIn, IsInt, Matches, Min } from 'class-validator';
import { Characters, IsId, LowerCased, Omittable } from '../../http/validation/dto-fields';

/** Path of a template. */
export class EmailTemplateParams {
  /**
   * The template's id.
   * @example "01J000000000000000000TEMP1"
   */
  @IsId()
  id: string;
}

/** Path of a template that is to be deleted. */
export class DeleteEmailTemplateParams {
  /**
   * The template's id.
   * @example "01J000000000000000000TEMP3"
   */
  @IsId()
  id: string;
}

/** Path of a template that is deleted. */
export class RestoreEmailTemplateParams {
  /**
   * The template's id.
   * @example "01J000000000000000000TEMP2"
   */
  @IsId()
  id: string;
}

/** Which version of a template an action is about. */
export class ActivateEmailTemplate {
  /**
   * Number of the version; without it, the newest.
   * @example 1
   */
  @Omittable()
  @IsInt()
  @Min(1)
  version?: number;
}

/** What a mail is shown with. */
export class PreviewEmailTemplate extends ActivateEmailTemplate {
  /**
   * The order that the mail is about, which needs the privilege `orders`; without it, sample values.
   * @example "2000001"
   */
  @Omittable()
  @Matches(/^\d{7,10}$/)
  orderReference?: string;
}

/** Whom a test mail goes to, and what it is made with. */
export class SendTestEmail extends PreviewEmailTemplate {
  /**
   * E-mail address to send it to.
   * @example "editor@demo.example"
   */
  @LowerCased()
  @IsEmail()
  @Characters(0, 254)
  recipient: string;
}

export const PREVIEW_FORMATS = ['json', 'html'] as const;
export type PreviewFormat = (typeof PREVIEW_FORMATS)[number];

/** How a preview comes. */
export class PreviewQuery {
  /** `html` for the page itself, as Accept: text/html does; otherwise JSON. */
  @ApiPropertyOptional({ enum: PREVIEW_FORMATS })
  @Omittable()
  @IsIn(PREVIEW_FORMATS)
  format?: PreviewFormat;
}
