import { IsString } from 'class-validator';
import {
  Characters,
  IsEmailAddress,
  IsLanguage,
  LowerCased,
  Omittable,
  Trimmed,
} from '../../http/validation/dto-fields';

/** The recipient and the language of an invoice email. */
export class SendInvoice {
  /**
   * The email address to send the invoice to: at most 254 characters. The default is the shopper's email address.
   * @example "accounting@shopper.example"
   */
  @Omittable()
  @LowerCased()
  @IsEmailAddress()
  @Characters(0, 254)
  recipient?: string;

  /**
   * The BCP 47 tag of the language of the email: at most 35 characters. The default is the shopper's language. If there
   * is no active template in this language, the email is in its more general language (`pt` for `pt-BR`) or in English.
   * @example "en"
   */
  @Omittable()
  @IsLanguage()
  language?: string;

  /**
   * A note for the report, which shows it in the Comment column: at most 2000 characters. It is not part of the email.
   * @example "The shopper lost the first one"
   */
  @Omittable()
  @Trimmed()
  @IsString()
  @Characters(0, 2000)
  comment?: string;
}
