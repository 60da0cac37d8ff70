/** An amount to charge to a card, or to refund to it. */
export interface Payment {
  readonly accountId: string;
  /** The purpose and the subject, such as `order:1234567`. Repeated calls with the same key move money only once. */
  readonly key: string;
  /** The amount in minor units, at least 0. */
  readonly amount: number;
  readonly currency: string;
  readonly cardToken: string;
}

/** The result of a charge: taken, to be settled later (see `PaymentCallbacks`), or declined. */
export type ChargeResult = 'captured' | 'pending' | 'declined';

/** Moves money between shoppers and the merchant. Both methods are called inside a database transaction. */
export abstract class PaymentGateway {
  /** Charges the card. */
  abstract charge(payment: Payment): Promise<ChargeResult>;

  /** Returns money to the card. */
  abstract refund(payment: Payment): Promise<void>;
}
