import { IsEmail, IsString } from 'class-validator';
import { Characters, IsLanguage, LowerCased, Omittable, Trimmed } from '../../http/validation/dto-fields';

/** How an invoice is to be sent. */
export class SendInvoice {
  /**
   * E-mail address to send it to; without it, the shopper's.
   * @example "accounting@shopper.example"
   */
  @Omittable()
  @LowerCased()
  @IsEmail()
  @Characters(0, 254)
  recipient?: string;

  /**
   * Language of the mail, BCP 47; without it, the shopper's. Where no template of it is active, the mail is in the language
   * that it is a kind of (`pt` for `pt-BR`), or in English.
   * @example "en"
   */
  @Omittable()
  @IsLanguage()
  language?: string;

  /**
   * Why it is sent, at most 2000 characters; for the report, the recipient doesn't see it.
   * @example "The shopper lost the first one"
   */
  @Omittable()
  @Trimmed()
  @IsString()
  @Characters(0, 2000)
  comment?: string;
}
