import { Matches } from 'class-validator';

/** Path of an order. */
export class OrderParams {
  /**
   * Reference of the order: seven digits or more.
   * @example "2000001"
   */
  @Matches(/^\d{7,10}$/)
  reference: string;
}
