import { Injectable } from '@nestjs/common';
import type { FieldsOf } from '../../audit/catalogue/activity-fields';
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

/** The time from the request to the processing of a refund, in milliseconds. Until then, the refund can be canceled. */
export const PROCESSING_DELAY = 30 * 60_000;

/** The maximum number of refund ids in the problem `refund_ambiguous`. */
const MAX_IDS_SHOWN = 20;

/** Lists, requests and cancels refunds of the account's orders. */
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

  /** Returns a page of the order's refunds, newest first. */
  async list(reference: string, query: PageQuery): Promise<RefundPage> {
    const { accountId, timeZone } = this.context.actor;
    const order = await this.orders.get(accountId, reference);
    const clock = ZonedClock.of(timeZone);
    const read = (after: string | undefined, take: number) => this.refunds.list(order.id, after, take);
    return pageById(query, ['refunds', order.id], read, (refund) => refundView(refund, order, clock));
  }

  /** Requests a refund and queues its confirmation. The job returns the money after the processing delay. */
  request(reference: string, request: RequestRefund): Promise<RefundView> {
    return this.unitOfWork.run(async () => {
      const { accountId, timeZone } = this.context.actor;
      const order = await this.orders.lock(accountId, reference);
      const selectPart = readRequestedPart(request, order.currency);
      assertFinished(order);
      const lines = await this.orders.findLines(order.id);
      const part = selectPart(new RefundableRemainder(order, lines, await this.refunds.sumRefunded(order.id)));
      const requestedAt = this.clock.now();
      const id = this.ids.next(requestedAt);
      const refund: RefundWithLines = {
        id,
        orderId: order.id,
        status: 'requested',
        requestedAmount: part.requestedAmount,
        fee: part.fee,
        reason: request.reason,
        comment: request.comment ?? null,
        requestedAt,
        processAt: new Date(requestedAt.getTime() + PROCESSING_DELAY),
        lines: part.lines.map((line) => ({ refundId: id, ...line })),
      };
      await this.refunds.insert(refund);
      await this.orders.update(order.id, { refunded: order.refunded + part.requestedAmount });
      const view = refundView(refund, order, ZonedClock.of(timeZone));
      const confirmation = await this.mails.send('refund_confirmation', order, (seller) =>
        refundValues(refund, order, lines, seller),
      );
      const { details, ...fields } = refundRecordFields(refund, order, lines, view);
      this.activity.describe(ActivityType.RefundRequested, {
        ...fields,
        details: { ...details, ...(confirmation && { confirmation }) },
      });
      await this.idempotency.remember(view);
      return view;
    });
  }

  /** Cancels a requested refund, so that its part of the order can be refunded again. */
  cancel(reference: string, { refundId }: CancelRefund): Promise<RefundView> {
    return this.unitOfWork.run(async () => {
      const { accountId, timeZone } = this.context.actor;
      const order = await this.orders.lock(accountId, reference);
      const refund = await this.refunds.lock(order.id, refundId ?? (await this.findOnlyRequestedId(order.id)));
      assertRequested(refund);
      await this.refunds.update(refund.id, { status: 'canceled' });
      await this.orders.update(order.id, { refunded: order.refunded - refund.requestedAmount });
      const view = refundView({ ...refund, status: 'canceled' }, order, ZonedClock.of(timeZone));
      const lines = await this.orders.findLines(order.id);
      this.activity.describe(ActivityType.RefundCanceled, refundRecordFields(refund, order, lines, view));
      return view;
    });
  }

  /**
   * Finds the order's only requested refund, for a request without refundId. If there is none, it returns the newest
   * refund, which the caller then refuses because of its status; 409 if the order has no refunds.
   */
  private async findOnlyRequestedId(orderId: string): Promise<string> {
    const requested = await this.refunds.findRequested(orderId, MAX_IDS_SHOWN);
    assertUnambiguous(requested);
    const refund = requested[0] ?? (await this.refunds.findNewest(orderId));
    if (!refund) throw Problem.conflict('refund_not_requested', 'No refund of this order has been requested.');
    return refund.id;
  }
}

/** Returns the record fields of a refund. They name a subscription only if the refunded lines have exactly one. */
export function refundRecordFields(
  refund: RefundWithLines,
  order: Order,
  lines: readonly OrderLine[],
  { requestedAmount, fee, ...view }: RefundView,
): FieldsOf<typeof ActivityType.RefundCanceled> {
  const positions = refund.lines.map(({ position }) => position);
  const refundedLines = lines.filter(({ position }) => positions.length === 0 || positions.includes(position));
  const [only, another] = new Set(refundedLines.flatMap(({ subscriptionReference }) => subscriptionReference ?? []));
  return {
    orderReference: order.reference,
    amount: amountReturned(refund),
    currency: order.currency,
    // An order pays for the first billing cycle of its subscriptions.
    ...(only !== undefined && another === undefined && { subscriptionReference: only, billingCycles: 1 }),
    details: {
      refundId: refund.id,
      reason: refund.reason,
      requestedAmount,
      fee,
      currency: order.currency,
      lines: view.lines,
    },
  };
}
