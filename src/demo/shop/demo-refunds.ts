import { ActivityType } from '../../audit/catalogue/activity-type';
import type { RecordedAction } from '../../audit/recording/activity-row';
import { refundView } from '../../control-panel/refunds/refund.view';
import { RefundableRemainder, type RefundPart } from '../../control-panel/refunds/refundable-remainder';
import { REFUND_REASONS, type RefundReason } from '../../control-panel/refunds/refunds.dto';
import { PROCESSING_DELAY, refundRecordFields } from '../../control-panel/refunds/refunds.service';
import type { RefundedSoFar, RefundWithLines } from '../../control-panel/sales/refunds.repository';
import type { SeededRandom } from '../../lib/seeded-random';
import { createKeyedId } from '../../lib/time-ordered-id';
import { ZonedClock } from '../../lib/time/zoned-time';
import { DEMO_ACCOUNT } from '../accounts/demo-accounts';
import { failed, succeeded } from '../accounts/demo-record';
import { commentField, pickComment } from './demo-comments';
import type { DemoShop, ShopOrder } from './demo-shop';

/** The refund reasons that some comments imply. */
const REASON_BY_COMMENT: Readonly<Record<string, RefundReason>> = {
  'Customer request': 'shopper_request',
  'Called by phone': 'shopper_request',
  'Duplicate order': 'duplicate_order',
  'Chargeback risk': 'fraud',
};

/** Requests and cancels refunds of the demo's orders, by the rules of the service. */
export class DemoRefunds {
  constructor(
    private readonly shop: DemoShop,
    private readonly random: SeededRandom,
  ) {}

  /** Requests a refund of an order: of everything that is left, or of a part. */
  request(at: Date): RecordedAction | undefined {
    const { random, shop } = this;
    shop.settleRefunds(at);
    const shopOrder = random.pickWhere(
      shop.orders,
      ({ order }) => order.status === 'finished' && order.refunded < order.total,
    );
    if (!shopOrder) return undefined;
    const { requestedAmount, fee, lines } = this.selectPart(shopOrder);
    const id = createKeyedId(at, `refund ${shopOrder.order.reference}`);
    const comment = pickComment(random);
    const anyReason = random.pick(REFUND_REASONS);
    const refund: RefundWithLines = {
      id,
      orderId: shopOrder.order.id,
      status: 'requested',
      requestedAmount,
      fee,
      reason: REASON_BY_COMMENT[comment ?? ''] ?? anyReason,
      comment: comment ?? null,
      requestedAt: at,
      processAt: new Date(at.getTime() + PROCESSING_DELAY),
      lines: lines.map((line) => ({ refundId: id, ...line })),
    };
    shop.addRefund(refund, shopOrder);
    return succeeded(ActivityType.RefundRequested, { ...refundFields(refund, shopOrder), ...commentField(comment) });
  }

  /** Cancels a refund that was requested within the last half hour; undefined if there is none. */
  cancel(at: Date): RecordedAction | undefined {
    const open = this.shop.settleRefunds(at);
    if (open.length === 0) return undefined;
    const { refund, shopOrder } = this.random.pick(open);
    refund.status = 'canceled';
    shopOrder.order.refunded -= refund.requestedAmount;
    const comment = pickComment(this.random);
    return succeeded(ActivityType.RefundCanceled, { ...refundFields(refund, shopOrder), ...commentField(comment) });
  }

  /** Tries to refund an order that is already fully refunded. */
  requestTooMuch(at: Date): RecordedAction | undefined {
    this.shop.settleRefunds(at);
    const shopOrder = this.random.pickWhere(this.shop.orders, ({ order }) => order.refunded === order.total);
    const details = { reason: 'shopper_request' } as const;
    return (
      shopOrder &&
      failed(ActivityType.RefundRequested, 'order_fully_refunded', { ...this.attemptOn(shopOrder), details })
    );
  }

  /** Tries to cancel a refund that was processed already. */
  cancelTooLate(at: Date): RecordedAction | undefined {
    this.shop.settleRefunds(at);
    const shopOrder = this.random.pickWhere(this.shop.orders, ({ refunds }) => refunds.at(-1)?.status === 'processed');
    return shopOrder && failed(ActivityType.RefundCanceled, 'refund_processed', this.attemptOn(shopOrder));
  }

  private selectPart({ order, lines, refunds }: ShopOrder): RefundPart {
    const remainder = new RefundableRemainder(order, lines, sumRefunded(refunds));
    // A second refund of an order covers everything that is left.
    if (order.refunded > 0 || this.random.chance(0.7)) return remainder.selectAll();
    const part = Math.floor((remainder.amount * (1 + this.random.integerBelow(8))) / 10);
    return part > 0 ? remainder.selectAmount(part) : remainder.selectAll();
  }

  private attemptOn({ order: { reference } }: ShopOrder): { orderReference: string; comment?: string } {
    return { orderReference: reference, ...commentField(pickComment(this.random)) };
  }
}

/** Returns the fields of a refund's record. */
export function refundFields(refund: RefundWithLines, { order, lines }: ShopOrder) {
  const view = refundView(refund, order, ZonedClock.of(DEMO_ACCOUNT.timeZone));
  return refundRecordFields(refund, order, lines, view);
}

/** Sums what the refunds of an order cover already. */
function sumRefunded(refunds: readonly RefundWithLines[]): RefundedSoFar {
  const counted = refunds.filter(({ status }) => status !== 'canceled');
  const quantities = new Map<number, number>();
  for (const { position, quantity } of counted.flatMap(({ lines }) => lines)) {
    quantities.set(position, (quantities.get(position) ?? 0) + quantity);
  }
  return { fee: counted.reduce((sum, { fee }) => sum + fee, 0), quantities };
}
