import { Injectable } from '@nestjs/common';
import type { ActivityFields } from '../../audit/catalogue/activity-fields';
import { ActivityType } from '../../audit/catalogue/activity-type';
import { CurrentActivity } from '../../audit/recording/current-activity';
import { RequestContext } from '../../context/request-context';
import { UnitOfWork } from '../../database/unit-of-work';
import type { PageQuery } from '../../http/paging/page.dto';
import { pageById } from '../../http/paging/paging';
import { Problem } from '../../http/problems/problem';
import { IdempotencyKeys } from '../../idempotency/idempotency-keys';
import { IdSource } from '../../lib/time-ordered-id';
import { Clock } from '../../lib/time/clock';
import type { Order, OrderLine } from '../sales/order.entity';
import { OrdersRepository } from '../sales/orders.repository';
import { RefundsRepository, type RefundWithLines } from '../sales/refunds.repository';
import { refundValues } from '../shopper-mails/order-values';
import { ShopperMails } from '../shopper-mails/shopper-mails';
import { OrderRest } from './order-rest';
import { asked } from './refund-asked';
import { amountBack, refundView } from './refund.view';
import type { CancelRefund, RefundPage, RefundView, RequestRefund } from './refunds.dto';

/** How long a requested refund waits before it is processed, in milliseconds: the time in which it may be canceled. */
export const PROCESSING_DELAY = 30 * 60_000;

/** How many open refunds an answer names. */
const NAMED = 20;

/** Refunds of the account's orders. */
@Injectable()
export class RefundsService {
  constructor(
    private readonly orders: OrdersRepository,
    private readonly refunds: RefundsRepository,
    private readonly mails: ShopperMails,
    private readonly idempotency: IdempotencyKeys,
    private readonly unitOfWork: UnitOfWork,
    private readonly context: RequestContext,
    private readonly activity: CurrentActivity,
    private readonly clock: Clock,
    private readonly ids: IdSource,
  ) {}

  async list(reference: string, query: PageQuery): Promise<RefundPage> {
    const { accountId, timeZone } = this.context.actor;
    const order = await this.orders.get(accountId, reference);
    const read = (after: string | undefined, take: number) => this.refunds.list(order.id, after, take);
    return pageById(query, ['refunds', order.id], read, (refund) => refundView(refund, order, timeZone));
  }

  /** Takes its part of the order at once, and tells the shopper; the money goes back when it is processed. */
  request(reference: string, request: RequestRefund): Promise<RefundView> {
    return this.unitOfWork.run(async () => {
      const { accountId, timeZone } = this.context.actor;
      const order = await this.orders.getForUpdate(accountId, reference);
      const takeOf = asked(request, order.currency);
      assertFinished(order);
      const lines = await this.orders.lines(order.id);
      const take = takeOf(new OrderRest(order, lines, await this.refunds.taken(order.id)));
      const requestedAt = this.clock.now();
      const id = this.ids.next(requestedAt);
      const refund: RefundWithLines = {
        id,
        orderId: order.id,
        status: 'requested',
        requestedAmount: take.requestedAmount,
        fee: take.fee,
        reason: request.reason,
        comment: request.comment ?? null,
        requestedAt,
        processAt: new Date(requestedAt.getTime() + PROCESSING_DELAY),
        lines: take.lines.map((line) => ({ refundId: id, ...line })),
      };
      await this.refunds.insert(refund);
      await this.orders.update(order.id, { refunded: order.refunded + take.requestedAmount });
      const view = refundView(refund, order, timeZone);
      const confirmation = await this.mails.send('refund_confirmation', order, (seller) =>
        refundValues(refund, order, lines, seller),
      );
      const { details, ...fields } = recorded(refund, order, lines, view);
      this.activity.describe(ActivityType.RefundRequested, {
        ...fields,
        details: { ...details, ...(confirmation && { confirmation }) },
      });
      await this.idempotency.remember(view);
      return view;
    });
  }

  /** Gives the refund's part back to the order, unless it has been processed. */
  cancel(reference: string, { refundId }: CancelRefund): Promise<RefundView> {
    return this.unitOfWork.run(async () => {
      const { accountId, timeZone } = this.context.actor;
      const order = await this.orders.getForUpdate(accountId, reference);
      const refund = await this.refunds.getForUpdate(order.id, refundId ?? (await this.onlyRequested(order.id)));
      if (!refund) throw Problem.notFound('refund_not_found', 'refundId', 'The order has no refund with this id.');
      if (refund.status !== 'requested') throw ended(refund.status);
      await this.refunds.setStatus(refund.id, 'canceled');
      await this.orders.update(order.id, { refunded: order.refunded - refund.requestedAmount });
      const view = refundView({ ...refund, status: 'canceled' }, order, timeZone);
      const lines = await this.orders.lines(order.id);
      this.activity.describe(ActivityType.RefundCanceled, recorded(refund, order, lines, view));
      return view;
    });
  }

  /** The refund that is meant where none is named; where none is requested, the newest one, whose status says why. */
  private async onlyRequested(orderId: string): Promise<string> {
    const [first, ...more] = await this.refunds.requested(orderId, NAMED);
    if (first && more.length > 0) throw ambiguous([first, ...more].map(({ id }) => id));
    const refund = first ?? (await this.refunds.newest(orderId));
    if (!refund) throw Problem.conflict('refund_not_requested', 'No refund of this order has been requested.');
    return refund.id;
  }
}

/** What the record says; its subscription is that of the lines in question, where they have exactly one. */
function recorded(
  refund: RefundWithLines,
  order: Order,
  lines: readonly OrderLine[],
  { requestedAmount, fee, ...view }: RefundView,
): Partial<ActivityFields> & Pick<ActivityFields, 'orderReference' | 'amount' | 'currency'> {
  const positions = refund.lines.map(({ position }) => position);
  const concerned = lines.filter(({ position }) => positions.length === 0 || positions.includes(position));
  const [only, another] = new Set(concerned.flatMap(({ subscriptionReference }) => subscriptionReference ?? []));
  return {
    orderReference: order.reference,
    amount: amountBack(refund),
    currency: order.currency,
    // An order pays the first cycle of the subscriptions that it begins.
    ...(only !== undefined && another === undefined && { subscriptionReference: only, billingCycles: 1 }),
    details: { refundId: refund.id, reason: refund.reason, requestedAmount, fee, lines: view.lines },
  };
}

function assertFinished({ status }: Order): void {
  if (status === 'finished') return;
  throw Problem.conflict('order_not_finished', `Only a finished order can be refunded; this one is ${status}.`);
}

function ended(status: 'canceled' | 'processed'): Problem {
  return status === 'canceled'
    ? Problem.conflict('refund_canceled', 'The refund is canceled already.')
    : Problem.conflict('refund_processed', 'The refund is processed: the money has gone back.');
}

function ambiguous(ids: readonly string[]): Problem {
  const message = `Several refunds of this order are requested; name one of them: ${ids.join(', ')}.`;
  return Problem.conflict('refund_ambiguous', message, [{ field: 'refundId', code: 'refund_ambiguous', message }]);
}
