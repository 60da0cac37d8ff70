import { Injectable } from '@nestjs/common';
import { InvoicesService } from '../invoices/invoices.service';
import type { Order } from '../sales/order.entity';
import { orderValues } from '../shopper-mails/order-values';
import { ShopperMails, type QueuedShopperMail } from '../shopper-mails/shopper-mails';
import type { Subscription } from '../subscriptions/subscription.entity';
import { SubscriptionsRepository } from '../subscriptions/subscriptions.repository';
import type { NewSubscriptions } from './new-subscriptions';

/** The result of fulfilling a paid order. */
export interface FulfilmentResult {
  readonly invoiceNumber: number;
  readonly subscriptions: readonly Subscription[];
  /** The queued confirmation; undefined if no template for it is active. */
  readonly confirmation: QueuedShopperMail | undefined;
}

/** Fulfils paid orders: starts their subscriptions, issues their invoice, and queues their confirmation. */
@Injectable()
export class OrderFulfilment {
  constructor(
    private readonly subscriptions: SubscriptionsRepository,
    private readonly invoices: InvoicesService,
    private readonly mails: ShopperMails,
  ) {}

  /** Fulfils an order in the open transaction. The order must be in the database already. */
  async fulfil(order: Order, { lines, subscriptions }: NewSubscriptions): Promise<FulfilmentResult> {
    await this.subscriptions.insert(subscriptions);
    const { number: invoiceNumber } = await this.invoices.issue(order);
    const confirmation = await this.mails.send('order_confirmation', order, (seller) =>
      orderValues(order, lines, seller),
    );
    return { invoiceNumber, subscriptions, confirmation };
  }
}
