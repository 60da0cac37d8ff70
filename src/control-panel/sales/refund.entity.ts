import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { minorUnits } from '../../database/minor-units';
import { Order } from './order.entity';

/** `requested` until a job processes it; until then it may be `canceled`. */
export const REFUND_STATUSES = ['requested', 'canceled', 'processed'] as const;
export type RefundStatus = (typeof REFUND_STATUSES)[number];

/** Money that goes back to the shopper of an order. */
@Entity('refunds')
@Index('refunds_by_order', ['orderId', 'id'])
@Index('refunds_due', ['status', 'processAt'])
export class Refund {
  @PrimaryColumn({ name: 'id', type: 'varchar', length: 26 })
  id: string;

  @ForeignKey(() => Order, { onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @Column({ name: 'order_id', type: 'varchar', length: 26 })
  orderId: string;

  @Column({ name: 'status', type: 'varchar', length: 16 })
  status: RefundStatus;

  /** What was asked for, in minor units. */
  @Column({ name: 'requested_amount', type: 'bigint', transformer: minorUnits })
  requestedAmount: number;

  /** What of it is kept back, in minor units. */
  @Column({ name: 'fee', type: 'bigint', transformer: minorUnits })
  fee: number;

  @Column({ name: 'reason', type: 'varchar', length: 32 })
  reason: string;

  @Column({ name: 'comment', type: 'varchar', length: 2000, nullable: true })
  comment: string | null;

  @Column({ name: 'requested_at', type: 'datetime' })
  requestedAt: Date;

  /** From when on it may be processed. */
  @Column({ name: 'process_at', type: 'datetime' })
  processAt: Date;
}

/** Which part of an order line a refund takes back. */
@Entity('refund_lines')
export class RefundLine {
  @ForeignKey(() => Refund, { onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @PrimaryColumn({ name: 'refund_id', type: 'varchar', length: 26 })
  refundId: string;

  @PrimaryColumn({ name: 'position', type: 'int' })
  position: number;

  @Column({ name: 'quantity', type: 'int' })
  quantity: number;
}
