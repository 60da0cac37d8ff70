import { HttpStatus, Injectable } from '@nestjs/common';
import { ActivityType } from '../../audit/activity-type';
import { CurrentActivity } from '../../audit/current-activity';
import { Clock } from '../../common/clock';
import { pageById } from '../../common/paging';
import { Problem } from '../../common/problem';
import { RequestContext } from '../../context/request-context';
import { orderValues } from '../email-editor/order-values';
import { ShopperMails } from '../email-editor/shopper-mails';
import { IdempotencyKeys } from '../idempotency/idempotency-keys';
import { InvoicesRepository } from '../invoices/invoices.repository';
import { InvoicesService } from '../invoices/invoices.service';
import { PaymentGateway, type ChargeResult } from '../payments/payment-gateway';
import { SubscriptionsRepository } from '../subscriptions/subscriptions.repository';
import type { Order, OrderLine } from './order.entity';
import { orderSummary, orderView } from './order.view';
import { OrderBasket } from './order-basket';
import { OrderDraft } from './order-draft';
import type { OrderPage, OrdersQuery, OrderView, PlaceOrder } from './orders.dto';
import { OrdersRepository } from './orders.repository';

/** Orders on behalf of shoppers. */
@Injectable()
export class OrdersService {
  constructor(
    private readonly orders: OrdersRepository,
    private readonly baskets: OrderBasket,
    private readonly drafts: OrderDraft,
    private readonly subscriptions: SubscriptionsRepository,
    private readonly invoices: InvoicesService,
    private readonly issuedInvoices: InvoicesRepository,
    private readonly gateway: PaymentGateway,
    private readonly mails: ShopperMails,
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
    const read = (after: string | undefined, take: number) => this.orders.list(filter, after, take);
    return pageById(query, ['orders', filter], read, (order) => orderSummary(order, timeZone));
  }

  async get(reference: string): Promise<OrderView> {
    const order = await this.orders.get(this.context.actor.accountId, reference);
    const { number } = await this.issuedInvoices.ofOrder(order.id);
    return orderView(order, await this.orders.lines(order.id), number, this.context.actor.timeZone);
  }

  /** Places the order, charges it, begins its subscriptions, issues its invoice and confirms it; all of it or nothing. */
  async place(request: PlaceOrder): Promise<OrderView> {
    const { accountId, timeZone } = this.context.actor;
    const basket = await this.baskets.of(accountId, request);
    const { order, lines, subscriptions } = await this.drafts.make(accountId, request, basket, this.clock.now());
    const paid = await this.charge(order);
    const placed: Order = { ...order, status: paid === 'captured' ? 'finished' : 'pending' };
    await this.orders.insert(placed, lines);
    await this.subscriptions.insert(subscriptions);
    const { number } = await this.invoices.issue(placed);
    const confirmation = await this.confirm(placed, lines);
    const [only, another] = subscriptions;
    this.activity.describe(ActivityType.OrderPlaced, {
      orderReference: order.reference,
      amount: order.total,
      currency: order.currency,
      ...(only && !another && { subscriptionReference: only.reference, billingCycles: 1 }),
      ...(request.comment !== undefined && { comment: request.comment }),
      details: {
        shopper: order.shopperEmail,
        invoice: number,
        subscriptions: subscriptions.map(({ reference }) => reference),
        ...(confirmation && { confirmation }),
      },
    });
    const answer = orderView(placed, lines, number, timeZone);
    await this.idempotency.remember(answer);
    return answer;
  }

  /** Tells the shopper, if the merchant has words for it; an order that is not paid yet is none to confirm. */
  private async confirm(order: Order, lines: readonly OrderLine[]) {
    if (order.status !== 'finished') return undefined;
    return this.mails.send('order_confirmation', order, (seller) => orderValues(order, lines, seller));
  }

  private async charge({ accountId, reference, total, currency, card }: Order): Promise<ChargeResult> {
    const payment = { accountId, key: `order:${reference}`, amount: total, currency, cardToken: card.token };
    const result = await this.gateway.charge(payment);
    if (result !== 'declined') return result;
    const message = 'The payment provider declined the card.';
    throw Problem.ofField(HttpStatus.UNPROCESSABLE_ENTITY, 'payment_declined', 'paymentMethod', message);
  }
}
