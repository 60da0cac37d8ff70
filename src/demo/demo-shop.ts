import { Injectable } from '@nestjs/common';
import { ProductsRepository } from '../control-panel/catalog/products.repository';
import { LedgerEntriesRepository } from '../control-panel/payments/ledger-entries.repository';
import { CountersRepository } from '../control-panel/sales/counters.repository';
import { InvoicesRepository } from '../control-panel/sales/invoices.repository';
import type { Order, OrderLine } from '../control-panel/sales/order.entity';
import { OrdersRepository } from '../control-panel/sales/orders.repository';
import type { Subscription } from '../control-panel/subscriptions/subscription.entity';
import { SubscriptionsRepository } from '../control-panel/subscriptions/subscriptions.repository';
import { addMonths } from '../lib/time/calendar';
import { DEMO_ACCOUNT, toDemoId } from './demo-accounts';

const CURRENCY = 'USD';
const CATALOG = [
  { id: toDemoId('PR0D1'), code: 'ANTIVIRUS-1M', name: 'Antivirus, one month', price: 599, billingCycleMonths: 1 },
  { id: toDemoId('PR0D2'), code: 'ANTIVIRUS-1Y', name: 'Antivirus, one year', price: 5990, billingCycleMonths: 12 },
  {
    id: toDemoId('PR0D3'),
    code: 'ANTIVIRUS-PRO-1Y',
    name: 'Antivirus Pro, one year',
    price: 9990,
    billingCycleMonths: 12,
  },
  { id: toDemoId('PR0D4'), code: 'RECOVERY-DISK', name: 'Recovery disk', price: 1990, billingCycleMonths: 0 },
] as const;
const SHOPPER = { shopperName: 'Sara Shopper', shopperEmail: 'sara@shopper.example' };
const CARD = { token: 'tok_visa_4242', brand: 'visa', lastFour: '4242', expires: '2031-12' };
/** The references that the contract's examples use. */
const [ORDER_REFERENCE, SUBSCRIPTION_REFERENCE] = ['2000001', 'ABCD1234EF'];

/** A small catalog, and one order with its subscription and invoice, which the contract's examples use. */
@Injectable()
export class DemoShop {
  constructor(
    private readonly products: ProductsRepository,
    private readonly counters: CountersRepository,
    private readonly orders: OrdersRepository,
    private readonly invoices: InvoicesRepository,
    private readonly subscriptions: SubscriptionsRepository,
    private readonly payments: LedgerEntriesRepository,
  ) {}

  /** Creates the catalog and the order, in the transaction that creates the account. */
  async create(now: Date): Promise<void> {
    await this.stock(now);
    await this.sell(CATALOG[1], now);
  }

  private async stock(createdAt: Date): Promise<void> {
    const row = { accountId: DEMO_ACCOUNT.id, currency: CURRENCY, nonRefundableFee: 0, createdAt };
    const [monthly, yearly, pro, disk] = CATALOG;
    await this.products.insert({ ...monthly, ...row }, []);
    await this.products.insert({ ...yearly, ...row }, [monthly]);
    await this.products.insert({ ...pro, ...row }, [yearly]);
    await this.products.insert({ ...disk, ...row }, []);
  }

  private async sell(
    { id: productId, code, name, price, billingCycleMonths }: (typeof CATALOG)[1],
    now: Date,
  ): Promise<void> {
    const { id: accountId, name: sellerName, timeZone } = DEMO_ACCOUNT;
    const [orderId, money] = [toDemoId('0RDER'), { currency: CURRENCY, total: price }];
    const common = { accountId, ...SHOPPER, card: CARD };
    const order: Order = {
      ...common,
      ...money,
      id: orderId,
      reference: ORDER_REFERENCE,
      status: 'finished',
      shopperCountry: 'RO',
      shopperLanguage: null,
      refunded: 0,
      comment: 'Ordered by phone',
      placedAt: now,
    };
    const line: OrderLine = {
      id: toDemoId('0RDE1'),
      orderId,
      position: 1,
      productId,
      productCode: code,
      productName: name,
      quantity: 1,
      unitPrice: price,
      amount: price,
      nonRefundableFee: 0,
      subscriptionReference: SUBSCRIPTION_REFERENCE,
    };
    const subscription: Subscription = {
      ...common,
      id: toDemoId('SVBS1'),
      reference: SUBSCRIPTION_REFERENCE,
      orderReference: ORDER_REFERENCE,
      productId,
      quantity: 1,
      status: 'active',
      renewal: 'automatic',
      price,
      currency: CURRENCY,
      billingCycleMonths,
      renewalPrice: null,
      renewalCycles: null,
      cycleStartedAt: now,
      endsAt: addMonths(now, billingCycleMonths),
      createdAt: now,
    };
    const invoice = { id: toDemoId('1NV01'), accountId, number: 1, orderId, sellerName, timeZone, issuedAt: now };
    const key = `order:${ORDER_REFERENCE}`;
    const charge = {
      id: toDemoId('CHRG1'),
      accountId,
      key,
      movement: 'charge' as const,
      cardToken: CARD.token,
      movedAt: now,
    };
    await this.counters.next(accountId, 'order');
    await this.orders.insert(order, [line]);
    await this.subscriptions.insert([subscription]);
    await this.counters.next(accountId, 'invoice');
    await this.invoices.insert({ ...invoice, ...money });
    await this.payments.insert({ ...charge, amount: price, currency: CURRENCY });
  }
}
