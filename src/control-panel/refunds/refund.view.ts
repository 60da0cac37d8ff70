import { ApiProperty } from '@nestjs/swagger';
import type { Page } from '../../http/paging/page.dto';
import { formatAmount } from '../../lib/money';
import type { ZonedClock } from '../../lib/time/zoned-time';
import type { Order } from '../sales/order.entity';
import { REFUND_STATUSES, type RefundStatus } from '../sales/refund.entity';
import type { RefundWithLines } from '../sales/refunds.repository';
import { amountReturned } from './refund.rules';
import { REFUND_REASONS, RefundedLine, type RefundReason } from './refunds.dto';

/** A refund of an order. */
export class RefundView {
  /**
   * The refund's id: 26 characters.
   * @example "01J000000000000000000REF01"
   */
  id: string;

  /**
   * The reference of the refunded order: 7 to 10 digits.
   * @example "2000001"
   */
  orderReference: string;

  /**
   * The refund's status: `requested` until it is processed or canceled, then `processed` or `canceled`. A processed
   * refund cannot be canceled.
   * @example "requested"
   */
  @ApiProperty({ enum: REFUND_STATUSES, enumName: 'RefundStatus' })
  status: RefundStatus;

  /**
   * The refunded part of the order's total, before fees: a decimal string.
   * @example "59.90"
   */
  requestedAmount: string;

  /**
   * The non-refundable fees in the requested amount: a decimal string.
   * @example "5"
   */
  fee: string;

  /**
   * The amount that the shopper gets back, which is the requested amount minus the fee: a decimal string.
   * @example "54.90"
   */
  amount: string;

  /**
   * The ISO 4217 code of the currency of all amounts of the refund.
   * @example "USD"
   */
  currency: string;

  /** The refunded lines, with the number of units of each; empty for a refund by amount. */
  lines: RefundedLine[];

  /**
   * The reason for the refund.
   * @example "shopper_request"
   */
  @ApiProperty({ enum: REFUND_REASONS, enumName: 'RefundReason' })
  reason: RefundReason;

  /**
   * The comment from when the refund was requested; null if there is none.
   * @example "Customer request"
   */
  @ApiProperty({ type: String, nullable: true })
  comment: string | null;

  /**
   * When the refund was requested: an RFC 3339 date-time in the account's time zone.
   * @example "2026-01-15T09:30:00.000+02:00"
   */
  @ApiProperty({ format: 'date-time' })
  requestedAt: string;

  /**
   * The earliest time at which the refund is processed: an RFC 3339 date-time in the account's time zone.
   * @example "2026-01-15T10:00:00.000+02:00"
   */
  @ApiProperty({ format: 'date-time' })
  processAt: string;
}

/** A page of an order's refunds. */
export class RefundPage implements Page<RefundView> {
  /** The refunds on this page, newest first. */
  data: RefundView[];

  /** The cursor of the next page, to send as `cursor`; null on the last page. */
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
    amount: formatAmount(amountReturned(refund), currency),
    currency,
    lines: refund.lines.map(({ position, quantity }) => ({ position, quantity })),
    reason: refund.reason as RefundReason,
    comment: refund.comment,
    requestedAt: clock.rfc3339(refund.requestedAt.getTime()),
    processAt: clock.rfc3339(refund.processAt.getTime()),
  };
}
