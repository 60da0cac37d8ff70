import { formatAmount } from '../../lib/money';
import { ZonedClock } from '../../lib/time/zoned-time';
import type { Order } from '../sales/order.entity';
import type { RefundWithLines } from '../sales/refunds.repository';
import type { RefundReason, RefundView } from './refunds.dto';

/** What goes back to the shopper, in minor units. */
export function amountBack({ requestedAmount, fee }: { requestedAmount: number; fee: number }): number {
  return requestedAmount - fee;
}

/** A refund as it is shown, with its times in the zone. */
export function refundView(refund: RefundWithLines, { reference, currency }: Order, timeZone: string): RefundView {
  const clock = new ZonedClock(timeZone);
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
