import { Injectable } from '@nestjs/common';
import { Problem } from '../../http/problems/problem';
import { inBody } from '../../http/problems/request-field';
import { PaymentGateway } from '../payments/payment-gateway';
import type { Order } from '../sales/order.entity';

/** The purpose in the keys of order payments, such as `order:2000001`. */
export const ORDER_PAYMENT = 'order';

/** Charges cards for orders. */
@Injectable()
export class OrderPayments {
  constructor(private readonly gateway: PaymentGateway) {}

  /** Charges the card of an order. Refuses the order if the gateway declines the card immediately. */
  async charge({ accountId, reference, total, currency, card }: Order): Promise<'captured' | 'pending'> {
    const key = `${ORDER_PAYMENT}:${reference}`;
    const result = await this.gateway.charge({ accountId, key, amount: total, currency, cardToken: card.token });
    if (result !== 'declined') return result;
    const message = 'The payment provider declined the card.';
    throw Problem.unprocessable('payment_declined', inBody('paymentMethod'), message);
  }
}
