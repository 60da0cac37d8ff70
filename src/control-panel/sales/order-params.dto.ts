import { Matches } from 'class-validator';

/** The path parameters of an order. */
export class OrderParams {
  /**
   * The order's reference: 7 to 10 digits.
   * @example "2000001"
   */
  @Matches(/^\d{7,10}$/)
  reference: string;
}
