import { ApiProperty } from '@nestjs/swagger';
import type { Page } from '../../http/paging/page.dto';
import { formatAmount } from '../../lib/money';
import type { ZonedClock } from '../../lib/time/zoned-time';
import type { Order } from '../sales/order.entity';
import { REFUND_STATUSES, type RefundStatus } from '../sales/refund.entity';
import type { RefundWithLines } from '../sales/refunds.repository';
import { amountBack } from './refund.rules';
import { REFUND_REASONS, RefundedLine, type RefundReason } from './refunds.dto';

/** A refund: money that goes back to the shopper of an order. */
export class RefundView {
  /**
   * The refund's id.
   * @example "01J000000000000000000REF01"
   */
  id: string;

  /**
   * Reference of its order.
   * @example "2000001"
   */
  orderReference: string;

  /**
   * `requested` until it is processed; until then it may be `canceled`.
   * @example "requested"
   */
  @ApiProperty({ enum: REFUND_STATUSES, enumName: 'RefundStatus' })
  status: RefundStatus;

  /**
   * What it takes back of the order, fee included.
   * @example "59.90"
   */
  requestedAmount: string;

  /**
   * What is kept back of that.
   * @example "5"
   */
  fee: string;

  /**
   * What goes back to the shopper: the requested amount less the fee.
   * @example "54.90"
   */
  amount: string;

  /**
   * Currency of its amounts, ISO 4217.
   * @example "USD"
   */
  currency: string;

  /** The pieces that it takes back; empty for a refund by amount. */
  lines: RefundedLine[];

  /**
   * Why money goes back.
   * @example "customer_request"
   */
  @ApiProperty({ enum: REFUND_REASONS, enumName: 'RefundReason' })
  reason: RefundReason;

  /**
   * What was noted when it was requested.
   * @example "Customer request"
   */
  @ApiProperty({ type: String, nullable: true })
  comment: string | null;

  /**
   * When it was requested, RFC 3339 in the account's zone.
   * @example "2026-01-15T09:30:00.000+02:00"
   */
  requestedAt: string;

  /**
   * From when on it is processed; until it is, it may be canceled. RFC 3339 in the account's zone.
   * @example "2026-01-15T10:00:00.000+02:00"
   */
  processAt: string;
}

/** One page of an order's refunds. */
export class RefundPage implements Page<RefundView> {
  /** The refunds, newest first. */
  data: RefundView[];

  /** Cursor of the next page; null on the last one. */
  @ApiProperty({ type: String, nullable: true, example: null })
  nextCursor: string | null;
}

export function refundView(refund: RefundWithLines, { reference, currency }: Order, clock: ZonedClock): RefundView {
  return {
    id: refund.id,
    orderReference: reference,
    status: refund.status,
    requestedAmount: formatAmount(refund.requestedAmount, currency),
    fee: formatAmount(refund.fee, currency),
    amount: formatAmount(amountBack(refund), currency),
    currency,
    lines: refund.lines.map(({ position, quantity }) => ({ position, quantity })),
    reason: refund.reason as RefundReason,
    comment: refund.comment,
    requestedAt: clock.rfc3339(refund.requestedAt.getTime()),
    processAt: clock.rfc3339(refund.processAt.getTime()),
  };
}
