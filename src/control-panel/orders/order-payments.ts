import { Injectable } from '@nestjs/common';
import { Problem } from '../../http/problems/problem';
import { inBody } from '../../http/problems/request-field';
import { PaymentGateway } from '../payments/payment-gateway';
import type { Order } from '../sales/order.entity';

/** First part of the keys of orders' payments; the order's reference follows. */
export const ORDER_PAYMENT = 'order';

/** What shoppers pay for orders. */
@Injectable()
export class OrderPayments {
  constructor(private readonly gateway: PaymentGateway) {}

  /** Charges the order's card; refuses an order whose card is declined at once. */
  async charge({ accountId, reference, total, currency, card }: Order): Promise<'captured' | 'pending'> {
    const key = `${ORDER_PAYMENT}:${reference}`;
    const result = await this.gateway.charge({ accountId, key, amount: total, currency, cardToken: card.token });
    if (result !== 'declined') return result;
    const message = 'The payment provider declined the card.';
    throw Problem.unprocessable('payment_declined', inBody('paymentMethod'), message);
  }
}
