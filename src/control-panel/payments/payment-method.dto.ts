import { IsIn, IsString, Matches } from 'class-validator';
import type { Card } from './card';

export const CARD_BRANDS = ['visa', 'mastercard', 'amex', 'discover', 'diners', 'jcb', 'unionpay', 'maestro'];

/**
 * A card, identified by the payment provider's token. The card number never reaches this service: the provider's
 * payment form exchanges it for the token.
 */
export class PaymentMethod implements Card {
  /**
   * The payment provider's token for the card: 4 to 128 letters, digits, `_` and `-`.
   * @example "tok_visa_4242"
   */
  @IsString()
  @Matches(/^[A-Za-z0-9_-]{4,128}$/, { message: '$property must be 4 to 128 letters, digits, _ and -' })
  token: string;

  /**
   * The brand of the card.
   * @example "visa"
   */
  @IsIn(CARD_BRANDS)
  brand: string;

  /**
   * The last four digits of the card number.
   * @example "4242"
   */
  @IsString()
  @Matches(/^\d{4}$/, { message: '$property must be 4 digits' })
  lastFour: string;

  /**
   * The last month in which the card is valid, as `YYYY-MM`.
   * @example "2031-12"
   */
  @IsString()
  @Matches(/^20\d{2}-(0[1-9]|1[0-2])$/, { message: '$property must be a month such as 2031-12' })
  expires: string;
}
