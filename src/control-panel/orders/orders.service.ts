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
import type { NewOrder } from './new-order';
import { OrderBasket, type BasketItem } from './order-basket';
import { OrderFactory } from './order-factory';
import { OrderFulfilment, type FulfilmentResult } from './order-fulfilment';
import { OrderPayments } from './order-payments';
import { orderSummary, orderView, type OrderPage, type OrderView } from './order.view';
import type { OrdersQuery, PlaceOrder } from './orders.dto';
import { SubscriptionFactory } from './subscription-factory';

/** Lists, returns and places orders on behalf of shoppers. */
@Injectable()
export class OrdersService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly orders: OrdersRepository,
    private readonly basket: OrderBasket,
    private readonly orderFactory: OrderFactory,
    private readonly subscriptionFactory: SubscriptionFactory,
    private readonly payments: OrderPayments,
    private readonly fulfilment: OrderFulfilment,
    private readonly invoices: InvoicesRepository,
    private readonly idempotency: IdempotencyKeys,
    private readonly context: RequestContext,
    private readonly activity: CurrentActivity,
    private readonly clock: Clock,
  ) {}

  /** Returns a page of the orders that match the filter, newest first. */
  list({ reference, shopperEmail, status, ...query }: OrdersQuery): Promise<OrderPage> {
    const { accountId, timeZone } = this.context.actor;
    const filter = {
      accountId,
      ...(reference !== undefined && { reference }),
      ...(shopperEmail !== undefined && { shopperEmail }),
      ...(status !== undefined && { status }),
    };
    const clock = ZonedClock.of(timeZone);
    const read = (after: string | undefined, take: number) => this.orders.list(filter, after, take);
    return pageById(query, ['orders', filter], read, (order) => orderSummary(order, clock));
  }

  /** Returns an order with its lines and its invoice number. */
  async get(reference: string): Promise<OrderView> {
    const { accountId, timeZone } = this.context.actor;
    const order = await this.orders.get(accountId, reference);
    const invoice = await this.invoices.findByOrder(order.id);
    const lines = await this.orders.findLines(order.id);
    return orderView(order, lines, invoice?.number ?? null, ZonedClock.of(timeZone));
  }

  /**
   * Places an order and charges the card, in one transaction. A paid order is fulfilled at once: it starts its
   * subscriptions, and gets its invoice and its confirmation. An order whose payment is pending is fulfilled later, by
   * `OrderSettlement`.
   */
  place(request: PlaceOrder): Promise<OrderView> {
    // The same if the transaction is retried, so that the card is charged only once.
    const id = this.orderFactory.createId(this.clock.now());
    return this.unitOfWork.run(async () => {
      const { accountId, timeZone } = this.context.actor;
      const items = await this.basket.resolveItems(accountId, request);
      const now = this.clock.now();
      const created = await this.orderFactory.create({ id, accountId }, request, items, now);
      const isPaid = (await this.payments.charge(created.order)) === 'captured';
      const placed = isPaid ? await this.finish(created, items, now) : await this.leavePending(created);
      this.activity.describe(ActivityType.OrderPlaced, recordFieldsOf(placed));
      const invoiceNumber = placed.fulfilment?.invoiceNumber ?? null;
      const view = orderView(placed.order, placed.lines, invoiceNumber, ZonedClock.of(timeZone));
      await this.idempotency.remember(view);
      return view;
    });
  }

  /** Inserts and fulfils a paid order. */
  private async finish(created: NewOrder, items: readonly BasketItem[], now: Date): Promise<PlacedOrder> {
    const order: Order = { ...created.order, status: 'finished' };
    const products = items.map(({ product }) => product);
    const started = this.subscriptionFactory.create(order, created.lines, products, now);
    await this.orders.insert(order, started.lines);
    return { order, lines: started.lines, fulfilment: await this.fulfilment.fulfil(order, started) };
  }

  /** Inserts an order whose payment is pending. */
  private async leavePending({ order, lines }: NewOrder): Promise<PlacedOrder> {
    await this.orders.insert(order, lines);
    return { order, lines };
  }
}

/** An order in the database. A paid one has the result of its fulfilment. */
interface PlacedOrder extends NewOrder {
  readonly fulfilment?: FulfilmentResult;
}

/** Returns the record fields of a placed order. They name a subscription only if the order started exactly one. */
function recordFieldsOf({ order, fulfilment }: PlacedOrder): FieldsOf<typeof ActivityType.OrderPlaced> {
  const { invoiceNumber, subscriptions = [], confirmation } = fulfilment ?? {};
  const [only, another] = subscriptions;
  return {
    orderReference: order.reference,
    amount: order.total,
    currency: order.currency,
    ...(only && !another && { subscriptionReference: only.reference, billingCycles: 1 }),
    ...(order.comment !== null && { comment: order.comment }),
    details: {
      shopperEmail: order.shopperEmail,
      payment: fulfilment ? 'captured' : 'pending',
      ...(invoiceNumber !== undefined && { invoiceNumber }),
      subscriptionReferences: subscriptions.map(({ reference }) => reference),
      ...(confirmation && { confirmation }),
    },
  };
}
