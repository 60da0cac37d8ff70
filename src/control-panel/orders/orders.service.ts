import { Injectable } from '@nestjs/common';
import type { FieldsOf } from '../../audit/catalogue/activity-fields';
import { ActivityType } from '../../audit/catalogue/activity-type';
import { CurrentActivity } from '../../audit/recording/current-activity';
import { RequestContext } from '../../context/request-context';
import { UnitOfWork } from '../../database/unit-of-work';
import { pageById } from '../../http/paging/page-by-id';
import { IdempotencyKeys } from '../../idempotency/idempotency-keys';
import { Clock } from '../../lib/time/clock';
import { ZonedClock } from '../../lib/time/zoned-time';
import { InvoicesRepository } from '../sales/invoices.repository';
import type { Order } from '../sales/order.entity';
import { OrdersRepository } from '../sales/orders.repository';
import { OrderBasket, type BasketItem } from './order-basket';
import { OrderFactory, type NewOrder } from './order-factory';
import { OrderFulfilment, type FulfilmentResult } from './order-fulfilment';
import { OrderPayments } from './order-payments';
import { orderSummary, orderView, type OrderPage, type OrderView } from './order.view';
import type { OrdersQuery, PlaceOrder } from './orders.dto';
import { SubscriptionFactory } from './subscription-factory';

/** Orders on behalf of shoppers. */
@Injectable()
export class OrdersService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly orders: OrdersRepository,
    private readonly baskets: OrderBasket,
    private readonly drafts: OrderFactory,
    private readonly subscriptions: SubscriptionFactory,
    private readonly payments: OrderPayments,
    private readonly fulfilment: OrderFulfilment,
    private readonly issuedInvoices: InvoicesRepository,
    private readonly idempotency: IdempotencyKeys,
    private readonly context: RequestContext,
    private readonly activity: CurrentActivity,
    private readonly clock: Clock,
  ) {}

  list({ reference, shopperEmail, status, ...query }: OrdersQuery): Promise<OrderPage> {
    const { accountId, timeZone } = this.context.actor;
    const filter = {
      accountId,
      ...(reference !== undefined && { reference }),
      ...(shopperEmail !== undefined && { shopperEmail }),
      ...(status !== undefined && { status }),
    };
    const clock = new ZonedClock(timeZone);
    const read = (after: string | undefined, take: number) => this.orders.list(filter, after, take);
    return pageById(query, ['orders', filter], read, (order) => orderSummary(order, clock));
  }

  async get(reference: string): Promise<OrderView> {
    const { accountId, timeZone } = this.context.actor;
    const order = await this.orders.get(accountId, reference);
    const invoice = await this.issuedInvoices.findByOrder(order.id);
    const lines = await this.orders.findLines(order.id);
    return orderView(order, lines, invoice?.number ?? null, new ZonedClock(timeZone));
  }

  /**
   * Places the order and charges it. One that is paid begins its subscriptions, gets its invoice and is confirmed; one whose
   * payment is pending gets all that when the payment is settled. All of it happens, or nothing.
   */
  place(request: PlaceOrder): Promise<OrderView> {
    return this.unitOfWork.run(async () => {
      const { accountId, timeZone } = this.context.actor;
      const basket = await this.baskets.read(accountId, request);
      const now = this.clock.now();
      const drafted = await this.drafts.make(accountId, request, basket, now);
      const isPaid = (await this.payments.charge(drafted.order)) === 'captured';
      const placed = isPaid ? await this.finish(drafted, basket, now) : await this.leavePending(drafted);
      this.activity.describe(ActivityType.OrderPlaced, recordOf(placed));
      const invoiceNumber = placed.fulfilled?.invoiceNumber ?? null;
      const view = orderView(placed.order, placed.lines, invoiceNumber, new ZonedClock(timeZone));
      await this.idempotency.remember(view);
      return view;
    });
  }

  private async finish(drafted: NewOrder, basket: readonly BasketItem[], now: Date): Promise<PlacedOrder> {
    const order: Order = { ...drafted.order, status: 'finished' };
    const products = basket.map(({ product }) => product);
    const started = this.subscriptions.make(order, drafted.lines, products, now);
    await this.orders.insert(order, started.lines);
    return { order, lines: started.lines, fulfilled: await this.fulfilment.fulfil(order, started) };
  }

  private async leavePending({ order, lines }: NewOrder): Promise<PlacedOrder> {
    await this.orders.insert(order, lines);
    return { order, lines };
  }
}

/** An order that was placed; `fulfilled` is what came of one that is paid. */
interface PlacedOrder extends NewOrder {
  readonly fulfilled?: FulfilmentResult;
}

/** What the record of the order says; its subscription is the one that it began, where that is exactly one. */
function recordOf({ order, fulfilled }: PlacedOrder): FieldsOf<typeof ActivityType.OrderPlaced> {
  const { invoiceNumber: invoice, subscriptions = [], confirmation } = fulfilled ?? {};
  const [only, another] = subscriptions;
  return {
    orderReference: order.reference,
    amount: order.total,
    currency: order.currency,
    ...(only && !another && { subscriptionReference: only.reference, billingCycles: 1 }),
    ...(order.comment !== null && { comment: order.comment }),
    details: {
      shopper: order.shopperEmail,
      ...(fulfilled ? { invoice } : { payment: 'pending' }),
      subscriptions: subscriptions.map(({ reference }) => reference),
      ...(confirmation && { confirmation }),
    },
  };
}
