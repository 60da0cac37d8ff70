import type { RowList } from '../../database/insert-statement';
import { Product, ProductUpgrade } from '../../control-panel/catalog/product.entity';
import { LedgerEntry, type Movement } from '../../control-panel/payments/ledger-entry.entity';
import { amountReturned } from '../../control-panel/refunds/refund.rules';
import { Counter } from '../../control-panel/sales/counter.entity';
import { Invoice } from '../../control-panel/sales/invoice.entity';
import { Order, OrderLine } from '../../control-panel/sales/order.entity';
import { Refund, RefundLine } from '../../control-panel/sales/refund.entity';
import type { RefundWithLines } from '../../control-panel/sales/refunds.repository';
import { calculateNextEnd } from '../../control-panel/subscriptions/billing-cycle';
import { Subscription } from '../../control-panel/subscriptions/subscription.entity';
import { createKeyedId } from '../../lib/time-ordered-id';
import { DEMO_ACCOUNT } from '../accounts/demo-accounts';
import { DemoCatalog } from './demo-catalog';

/** An order with what belongs to it. */
export interface ShopOrder {
  readonly order: Order;
  readonly lines: readonly OrderLine[];
  /** Undefined unless the order is finished. */
  readonly invoice: Invoice | undefined;
  readonly subscriptions: readonly Subscription[];
  readonly refunds: RefundWithLines[];
}

/** A refund that has not been processed yet. */
export interface OpenRefund {
  readonly refund: RefundWithLines;
  readonly shopOrder: ShopOrder;
}

/**
 * The rows of the demo's shop while its history is made: activities change them in the order of time, as the service
 * would.
 */
export class DemoShop {
  readonly catalog = new DemoCatalog();
  /** The orders that activities can pick, oldest first. */
  readonly orders: ShopOrder[] = [];
  /** The orders that stay as they are, because the documentation and the contract's examples use them. */
  private readonly untouchedOrders: ShopOrder[] = [];
  private readonly movements: LedgerEntry[] = [];
  /** The refunds that can be canceled, oldest first. */
  private openRefunds: OpenRefund[] = [];
  private readonly lastNumbers = { order: 0, invoice: 0 };

  /** Returns the next number of orders or invoices. */
  nextNumber(of: 'order' | 'invoice'): number {
    return ++this.lastNumbers[of];
  }

  /** Adds an order. One that `isUntouched` is not picked by activities. */
  add(order: ShopOrder, { isUntouched = false } = {}): void {
    (isUntouched ? this.untouchedOrders : this.orders).push(order);
  }

  /** Adds a refund, which covers a part of its order from now on. */
  addRefund(refund: RefundWithLines, shopOrder: ShopOrder): void {
    shopOrder.refunds.push(refund);
    shopOrder.order.refunded += refund.requestedAmount;
    this.openRefunds.push({ refund, shopOrder });
  }

  /** Processes the refunds that are due, and returns those that can still be canceled. */
  settleRefunds(now: Date): readonly OpenRefund[] {
    for (const { refund, shopOrder } of this.openRefunds) {
      if (refund.status !== 'requested' || refund.processAt > now) continue;
      refund.status = 'processed';
      this.move(
        'refund',
        shopOrder.order,
        { key: `refund:${refund.id}`, amount: amountReturned(refund) },
        refund.processAt,
      );
    }
    this.openRefunds = this.openRefunds.filter(({ refund }) => refund.status === 'requested');
    return this.openRefunds;
  }

  /** Renews a subscription until it is no longer due, or lets it expire. */
  renew(subscription: Subscription, now: Date): void {
    while (subscription.status === 'active' && subscription.endsAt <= now) {
      if (subscription.renewal === 'stopped') {
        Object.assign(subscription, { status: 'expired', expiryReason: 'not_renewed' } satisfies Partial<Subscription>);
        return;
      }
      const { reference, endsAt, billingCycleMonths, price, renewalPrice, renewalCycles } = subscription;
      const key = `subscription:${reference}:${endsAt.toISOString()}`;
      this.move('charge', subscription, { key, amount: renewalPrice ?? price }, endsAt);
      const cyclesLeft = (renewalCycles ?? 0) - 1;
      const prices = cyclesLeft > 0 ? { renewalCycles: cyclesLeft } : { renewalPrice: null, renewalCycles: null };
      const cycle = {
        cycleStartedAt: endsAt,
        cycleMonths: billingCycleMonths,
        endsAt: calculateNextEnd(subscription),
      };
      Object.assign(subscription, { ...cycle, ...prices } satisfies Partial<Subscription>);
    }
  }

  /** Books a movement of money between the card of an order or a subscription and the merchant. */
  move(
    movement: Movement,
    { currency, card }: Pick<Order, 'currency' | 'card'>,
    { key, amount }: Pick<LedgerEntry, 'key' | 'amount'>,
    movedAt: Date,
  ): void {
    if (amount === 0) return;
    const row = { id: createKeyedId(movedAt, key), accountId: DEMO_ACCOUNT.id, key, movement, movedAt };
    this.movements.push({ ...row, amount, currency, cardToken: card.token });
  }

  /** Brings everything up to date, and returns the rows of all tables, in the order in which they can be inserted. */
  toRows(now: Date): RowList[] {
    this.settleRefunds(now);
    const orders = [...this.untouchedOrders, ...this.orders];
    const subscriptions = orders.flatMap((order) => order.subscriptions);
    for (const subscription of subscriptions) this.renew(subscription, now);
    const refunds = orders.flatMap((order) => order.refunds);
    return [
      { entity: Product, rows: this.catalog.products },
      { entity: ProductUpgrade, rows: this.catalog.upgrades },
      { entity: Order, rows: orders.map(({ order }) => order) },
      { entity: OrderLine, rows: orders.flatMap(({ lines }) => lines) },
      { entity: Subscription, rows: subscriptions },
      { entity: Invoice, rows: orders.flatMap(({ invoice }) => invoice ?? []) },
      { entity: Refund, rows: refunds },
      { entity: RefundLine, rows: refunds.flatMap(({ lines }) => lines) },
      { entity: LedgerEntry, rows: this.movements },
      { entity: Counter, rows: this.counters },
    ];
  }

  private get counters(): Counter[] {
    const { order, invoice } = this.lastNumbers;
    const counter = (name: Counter['name'], value: number) => ({ accountId: DEMO_ACCOUNT.id, name, value });
    return [counter('order', order), counter('invoice', invoice)];
  }
}
