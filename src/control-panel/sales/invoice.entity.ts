import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Account } from '../../access/accounts/account.entity';
import { minorUnits } from '../../database/minor-units';
import { Order, type OrderLine } from './order.entity';

/** The bill of an order. Never changed once issued. */
@Entity('invoices')
@Index('invoices_number', ['accountId', 'number'], { unique: true })
export class Invoice {
  @PrimaryColumn({ name: 'id', type: 'varchar', length: 26 })
  id: string;

  @ForeignKey(() => Account, { onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @Column({ name: 'account_id', type: 'varchar', length: 26 })
  accountId: string;

  /** Counts from 1 in each account, without a gap. */
  @Column({ name: 'number', type: 'int' })
  number: number;

  @ForeignKey(() => Order, { onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @Index('invoices_order', { unique: true })
  @Column({ name: 'order_id', type: 'varchar', length: 26 })
  orderId: string;

  /** In minor units. */
  @Column({ name: 'total', type: 'bigint', transformer: minorUnits })
  total: number;

  @Column({ name: 'currency', type: 'varchar', length: 3 })
  currency: string;

  /** The account's name as it was then. */
  @Column({ name: 'seller_name', type: 'varchar', length: 200 })
  sellerName: string;

  /** The account's zone as it was then: it decides which day the invoice is of. */
  @Column({ name: 'time_zone', type: 'varchar', length: 64 })
  timeZone: string;

  @Column({ name: 'issued_at', type: 'datetime' })
  issuedAt: Date;
}

/** All that stands on an invoice. Nothing of it ever changes, so it looks the same each time. */
export interface InvoiceDocument {
  readonly invoice: Invoice;
  readonly order: Order;
  readonly lines: readonly OrderLine[];
}
