import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../lib/time/clock';
import { ProductsRepository } from '../catalog/products.repository';
import { PaymentCallbacks, type Settlement } from '../payments/payment-callbacks';
import type { Order } from '../sales/order.entity';
import { OrdersRepository } from '../sales/orders.repository';
import { orderValues } from '../shopper-mails/order-values';
import { ShopperMails } from '../shopper-mails/shopper-mails';
import { OrderFulfilment } from './order-fulfilment';
import { ORDER_PAYMENT } from './order-payments';
import { SubscriptionFactory } from './subscription-factory';

/**
 * Finishes or cancels pending orders when the gateway settles their payment. This is no action of a user, so it is not
 * recorded: the order's record is the one of the user who placed it.
 */
@Injectable()
export class OrderSettlement implements OnModuleInit {
  constructor(
    private readonly callbacks: PaymentCallbacks,
    private readonly orders: OrdersRepository,
    private readonly products: ProductsRepository,
    private readonly subscriptionFactory: SubscriptionFactory,
    private readonly fulfilment: OrderFulfilment,
    private readonly mails: ShopperMails,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.callbacks.on(ORDER_PAYMENT, (accountId, orderId, settlement) => this.settle(accountId, orderId, settlement));
  }

  /** Finishes or cancels a pending order. Any other order was settled before and does not change. */
  private async settle(accountId: string, orderId: string, settlement: Settlement): Promise<void> {
    const order = await this.orders.lockById(accountId, orderId);
    if (order.status !== 'pending') return;
    await (settlement === 'captured' ? this.finish(order) : this.cancel(order));
  }

  /** Fulfils an order whose payment was pending. Its subscriptions start now. */
  private async finish(order: Order): Promise<void> {
    const finished: Order = { ...order, status: 'finished' };
    const lines = await this.orders.findLines(order.id);
    const products = await this.products.findByIds(lines.map(({ productId }) => productId));
    const started = this.subscriptionFactory.create(finished, lines, [...products.values()], this.clock.now());
    await this.orders.update(order.id, { status: 'finished' });
    await this.orders.updateSubscriptionReferences(started.lines);
    await this.fulfilment.fulfil(finished, started);
  }

  /** Cancels an order whose payment was declined, and notifies the shopper. */
  private async cancel(order: Order): Promise<void> {
    await this.orders.update(order.id, { status: 'canceled' });
    const lines = await this.orders.findLines(order.id);
    await this.mails.send('order_cancellation', order, (seller) => orderValues(order, lines, seller));
  }
}
