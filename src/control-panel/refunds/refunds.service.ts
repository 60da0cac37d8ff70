import { Injectable } from '@nestjs/common';
import type { ActivityFields } from '../../audit/catalogue/activity-fields';
import { ActivityType } from '../../audit/catalogue/activity-type';
import { CurrentActivity } from '../../audit/recording/current-activity';
import { RequestContext } from '../../context/request-context';
import { UnitOfWork } from '../../database/unit-of-work';
import type { PageQuery } from '../../http/paging/page.dto';
import { pageById } from '../../http/paging/page-by-id';
import { Problem } from '../../http/problems/problem';
import { IdempotencyKeys } from '../../idempotency/idempotency-keys';
import { IdSource } from '../../lib/time-ordered-id';
import { Clock } from '../../lib/time/clock';
import type { Order, OrderLine } from '../sales/order.entity';
import { OrdersRepository } from '../sales/orders.repository';
import { RefundsRepository, type RefundWithLines } from '../sales/refunds.repository';
import { refundValues } from '../shopper-mails/order-values';
import { ShopperMails } from '../shopper-mails/shopper-mails';
import { RefundableRemainder } from './refundable-remainder';

import { ZonedClock } from '../../lib/time/zoned-time';
import { amountReturned, assertFinished, assertRequested, assertUnambiguous, readRequestedPart } from './refund.rules';
import { refundView, type RefundPage, type RefundView } from './refund.view';
import type { CancelRefund, RequestRefund } from './refunds.dto';

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
    const clock = new ZonedClock(timeZone);
    const read = (after: string | undefined, take: number) => this.refunds.list(order.id, after, take);
    return pageById(query, ['refunds', order.id], read, (refund) => refundView(refund, order, clock));
  }

  /** Takes its part of the order at once, and tells the shopper; the money goes back when it is processed. */
  request(reference: string, request: RequestRefund): Promise<RefundView> {
    return this.unitOfWork.run(async () => {
      const { accountId, timeZone } = this.context.actor;
      const order = await this.orders.lock(accountId, reference);
      const takePart = readRequestedPart(request, order.currency);
      assertFinished(order);
      const lines = await this.orders.findLines(order.id);
      const take = takePart(new RefundableRemainder(order, lines, await this.refunds.sumRefunded(order.id)));
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
      const view = refundView(refund, order, new ZonedClock(timeZone));
      const confirmation = await this.mails.send('refund_confirmation', order, (seller) =>
        refundValues(refund, order, lines, seller),
      );
      const { details, ...fields } = recordOf(refund, order, lines, view);
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
      const order = await this.orders.lock(accountId, reference);
      const refund = await this.refunds.lock(order.id, refundId ?? (await this.findOnlyRequested(order.id)));
      assertRequested(refund);
      await this.refunds.update(refund.id, { status: 'canceled' });
      await this.orders.update(order.id, { refunded: order.refunded - refund.requestedAmount });
      const view = refundView({ ...refund, status: 'canceled' }, order, new ZonedClock(timeZone));
      const lines = await this.orders.findLines(order.id);
      this.activity.describe(ActivityType.RefundCanceled, recordOf(refund, order, lines, view));
      return view;
    });
  }

  /** The refund that is meant where none is named; where none is requested, the newest one, whose status says why. */
  private async findOnlyRequested(orderId: string): Promise<string> {
    const requested = await this.refunds.findRequested(orderId, NAMED);
    assertUnambiguous(requested);
    const refund = requested[0] ?? (await this.refunds.findNewest(orderId));
    if (!refund) throw Problem.conflict('refund_not_requested', 'No refund of this order has been requested.');
    return refund.id;
  }
}

/** What the record says; its subscription is that of the lines in question, where they have exactly one. */
function recordOf(
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
    amount: amountReturned(refund),
    currency: order.currency,
    // An order pays the first cycle of the subscriptions that it begins.
    ...(only !== undefined && another === undefined && { subscriptionReference: only, billingCycles: 1 }),
    details: { refundId: refund.id, reason: refund.reason, requestedAmount, fee, lines: view.lines },
  };
}
