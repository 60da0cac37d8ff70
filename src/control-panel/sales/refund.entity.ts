import { Entity, Index } from 'typeorm';
import {
  IdColumn,
  InstantColumn,
  IntegerColumn,
  MoneyColumn,
  ReferenceColumn,
  TextColumn,
} from '../../database/columns';
import { Order } from './order.entity';

/** A refund is `requested` until a job processes it. Only a requested refund can be `canceled`. */
export const REFUND_STATUSES = ['requested', 'canceled', 'processed'] as const;
export type RefundStatus = (typeof REFUND_STATUSES)[number];

/** A refund of an order. Its amount less its fee goes back to the shopper. */
@Entity('refunds')
@Index('refunds_by_order', ['orderId', 'id'])
@Index('refunds_due', ['status', 'processAt'])
export class Refund {
  @IdColumn({ primary: true })
  id: string;

  @ReferenceColumn(() => Order)
  orderId: string;

  @TextColumn('word')
  status: RefundStatus;

  /** The refunded part of the order, fees included, in minor units. */
  @MoneyColumn()
  requestedAmount: number;

  /** The part of the requested amount that is not returned to the shopper, in minor units. */
  @MoneyColumn()
  fee: number;

  @TextColumn('longWord')
  reason: string;

  @TextColumn('comment', { nullable: true })
  comment: string | null;

  @InstantColumn()
  requestedAt: Date;

  /** The earliest time at which the refund is processed. */
  @InstantColumn()
  processAt: Date;
}

/** The number of units of one order line that a refund covers. */
@Entity('refund_lines')
export class RefundLine {
  @ReferenceColumn(() => Refund, { primary: true })
  refundId: string;

  @IntegerColumn({ primary: true })
  position: number;

  @IntegerColumn()
  quantity: number;
}
