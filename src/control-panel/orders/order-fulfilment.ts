import { Injectable } from '@nestjs/common';
import { InvoicesService } from '../invoices/invoices.service';
import type { Order } from '../sales/order.entity';
import { orderValues } from '../shopper-mails/order-values';
import { ShopperMails, type QueuedShopperMail } from '../shopper-mails/shopper-mails';
import type { Subscription } from '../subscriptions/subscription.entity';
import { SubscriptionsRepository } from '../subscriptions/subscriptions.repository';
import type { NewSubscriptions } from './subscription-factory';

/** What came of a paid order. */
export interface FulfilmentResult {
  readonly invoiceNumber: number;
  readonly subscriptions: readonly Subscription[];
  /** Undefined where the merchant has no active template for it. */
  readonly confirmation: QueuedShopperMail | undefined;
}

/** Gives a shopper what a paid order brings: its subscriptions, its invoice and the mail that confirms it. */
@Injectable()
export class OrderFulfilment {
  constructor(
    private readonly subscriptions: SubscriptionsRepository,
    private readonly invoices: InvoicesService,
    private readonly mails: ShopperMails,
  ) {}

  /** Fulfils an order that is in the database already, in the open transaction. */
  async fulfil(order: Order, { lines, subscriptions }: NewSubscriptions): Promise<FulfilmentResult> {
    await this.subscriptions.insert(subscriptions);
    const { number: invoiceNumber } = await this.invoices.issue(order);
    const confirmation = await this.mails.send('order_confirmation', order, (seller) =>
      orderValues(order, lines, seller),
    );
    return { invoiceNumber, subscriptions, confirmation };
  }
}
