/** Money that is to move. */
export interface Payment {
  readonly accountId: string;
  /** What it is for, such as `order:1234567`; the same key moves money once only, however often it is asked. */
  readonly key: string;
  /** In minor units, 0 or more. */
  readonly amount: number;
  readonly currency: string;
  readonly cardToken: string;
}

/** What a gateway answers to a charge: taken, to be decided later (see PaymentCallbacks), or refused. */
export type ChargeResult = 'captured' | 'pending' | 'declined';

/** Moves the money between shoppers and the merchant. Both calls join the transaction that they are made in. */
export abstract class PaymentGateway {
  abstract charge(payment: Payment): Promise<ChargeResult>;

  /** Gives money back to the card. */
  abstract refund(payment: Payment): Promise<void>;
}
