import { IsIn, IsString, Matches } from 'class-validator';
import type { Card } from './card';

export const CARD_BRANDS = ['visa', 'mastercard', 'amex', 'discover', 'diners', 'jcb', 'unionpay', 'maestro'];

/** A card as a payment provider knows it. Its number never comes here: the provider's form takes it and gives a token. */
export class PaymentMethod implements Card {
  /**
   * The payment provider's token of the card, 4 to 128 characters.
   * @example "tok_visa_4242"
   */
  @IsString()
  @Matches(/^[A-Za-z0-9_-]{4,128}$/)
  token: string;

  /**
   * Brand of the card.
   * @example "visa"
   */
  @IsIn(CARD_BRANDS)
  brand: string;

  /**
   * The last four digits of its number.
   * @example "4242"
   */
  @IsString()
  @Matches(/^\d{4}$/)
  lastFour: string;

  /**
   * The last month in which it is good, `YYYY-MM`.
   * @example "2031-12"
   */
  @IsString()
  @Matches(/^20\d{2}-(0[1-9]|1[0-2])$/)
  expires: string;
}
