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

/** `requested` until a job processes it; until then it may be `canceled`. */
export const REFUND_STATUSES = ['requested', 'canceled', 'processed'] as const;
export type RefundStatus = (typeof REFUND_STATUSES)[number];

/** Money that goes back to the shopper of an order. */
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

  /** What was asked for, in minor units. */
  @MoneyColumn()
  requestedAmount: number;

  /** What of it is kept back, in minor units. */
  @MoneyColumn()
  fee: number;

  @TextColumn('longWord')
  reason: string;

  @TextColumn('comment', { nullable: true })
  comment: string | null;

  @InstantColumn()
  requestedAt: Date;

  /** From when on it may be processed. */
  @InstantColumn()
  processAt: Date;
}

/** Which part of an order line a refund takes back. */
@Entity('refund_lines')
export class RefundLine {
  @ReferenceColumn(() => Refund, { primary: true })
  refundId: string;

  @IntegerColumn({ primary: true })
  position: number;

  @IntegerColumn()
  quantity: number;
}
