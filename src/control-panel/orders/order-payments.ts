import { Injectable } from '@nestjs/common';
import { Problem } from '../../http/problems/problem';
import { inBody } from '../../http/problems/request-field';
import { PaymentGateway } from '../payments/payment-gateway';
import type { Order } from '../sales/order.entity';

/** The purpose in the keys of order payments, such as `order:01KAM9W3M8Q6XK2T1N9B7C5D4E`. */
export const ORDER_PAYMENT = 'order';

/** Charges cards for orders. */
@Injectable()
export class OrderPayments {
  constructor(private readonly gateway: PaymentGateway) {}

  /**
   * Charges the card of an order. Refuses the order if the gateway declines the card immediately. The key has the id of
   * the order and not its reference: if the transaction rolls back, the next order gets the same reference, and must
   * not count as paid by this charge.
   */
  async charge({ accountId, id, total, currency, card }: Order): Promise<'captured' | 'pending'> {
    const key = `${ORDER_PAYMENT}:${id}`;
    const result = await this.gateway.charge({ accountId, key, amount: total, currency, cardToken: card.token });
    if (result !== 'declined') return result;
    const message = 'The payment provider declined the card.';
    throw Problem.unprocessable('payment_declined', inBody('paymentMethod'), message);
  }
}
