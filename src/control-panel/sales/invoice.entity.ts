import { Entity, Index } from 'typeorm';
import { AccountRow } from '../../access/accounts/account-row';
import { InstantColumn, IntegerColumn, MoneyColumn, ReferenceColumn, TextColumn } from '../../database/columns';
import { Order, type OrderLine } from './order.entity';

/** The bill of an order. Never changed once issued. */
@Entity('invoices')
@Index('invoices_number', ['accountId', 'number'], { unique: true })
export class Invoice extends AccountRow {
  /** Counts from 1 in each account, without a gap. */
  @IntegerColumn()
  number: number;

  @Index('invoices_order', { unique: true })
  @ReferenceColumn(() => Order)
  orderId: string;

  /** In minor units. */
  @MoneyColumn()
  total: number;

  @TextColumn('currency')
  currency: string;

  /** The account's name as it was then. */
  @TextColumn('name')
  sellerName: string;

  /** The account's zone as it was then: it decides which day the invoice is of. */
  @TextColumn('timeZone')
  timeZone: string;

  @InstantColumn()
  issuedAt: Date;
}

/** All that stands on an invoice. Nothing of it ever changes, so it looks the same each time. */
export interface InvoiceDocument {
  readonly invoice: Invoice;
  readonly order: Order;
  readonly lines: readonly OrderLine[];
}
