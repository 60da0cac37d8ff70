import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, Max, Min } from 'class-validator';
import { Characters, IsEmailAddress, IsId, LowerCased, Omittable } from '../../http/validation/dto-fields';
import { IsOrderReference } from '../sales/order-params.dto';

/** The path parameters of an email template. */
export class EmailTemplateParams {
  /**
   * The template's id: 26 characters.
   * @example "01J000000000000000000TEMP1"
   */
  @IsId()
  id: string;
}

/** The path parameters of an email template to delete. */
export class DeleteEmailTemplateParams {
  /**
   * The template's id: 26 characters.
   * @example "01J000000000000000000TEMP3"
   */
  @IsId()
  id: string;
}

/** The path parameters of a deleted email template. */
export class RestoreEmailTemplateParams {
  /**
   * The template's id: 26 characters.
   * @example "01J000000000000000000TEMP2"
   */
  @IsId()
  id: string;
}

/** The version of an email template to use. */
export class ActivateEmailTemplate {
  /**
   * The number of the version, starting at 1. The default is the newest version.
   * @example 1
   */
  @Omittable()
  @IsInt()
  @Min(1)
  @Max(2_147_483_647)
  version?: number;
}

/** The version and the order for a preview. */
export class PreviewEmailTemplate extends ActivateEmailTemplate {
  /**
   * The reference of the order whose values replace the placeholders: 7 to 10 digits. It requires the privilege
   * `orders`. If you leave it out, the placeholders have sample values.
   * @example "2000001"
   */
  @Omittable()
  @IsOrderReference()
  orderReference?: string;
}

/** The recipient, the version and the order for a test email. */
export class SendTestEmail extends PreviewEmailTemplate {
  /**
   * The email address to send the test email to: at most 254 characters.
   * @example "editor@demo.example"
   */
  @LowerCased()
  @IsEmailAddress()
  @Characters(0, 254)
  recipient: string;
}

export const PREVIEW_FORMATS = ['json', 'html'] as const;
export type PreviewFormat = (typeof PREVIEW_FORMATS)[number];

/** The format of a preview. */
export class PreviewQuery {
  /**
   * The format of the response: `json` for the whole email, `html` for its HTML only. It takes precedence over the
   * `Accept` header. If neither is set, the format is JSON.
   * @example "json"
   */
  @ApiPropertyOptional({ enum: PREVIEW_FORMATS })
  @Omittable()
  @IsIn(PREVIEW_FORMATS)
  format?: PreviewFormat;
}
