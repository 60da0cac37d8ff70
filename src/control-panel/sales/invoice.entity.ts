import { Entity, Index } from 'typeorm';
import { AccountRow } from '../../access/accounts/account-row';
import { InstantColumn, IntegerColumn, MoneyColumn, ReferenceColumn, TextColumn } from '../../database/columns';
import { Order, type OrderLine } from './order.entity';

/** The numbered bill of an order. It never changes after it was issued. */
@Entity('invoices')
@Index('invoices_number', ['accountId', 'number'], { unique: true })
export class Invoice extends AccountRow {
  /** The invoice number: gap-free in each account, starting at 1. */
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

  /** The account's name when the invoice was issued. */
  @TextColumn('name')
  sellerName: string;

  /** The account's time zone when the invoice was issued; the invoice's date is the local day in it. */
  @TextColumn('timeZone')
  timeZone: string;

  @InstantColumn()
  issuedAt: Date;
}

/** The content of an invoice. None of it ever changes, so that the PDF file is the same each time. */
export interface InvoiceDocument {
  readonly invoice: Invoice;
  readonly order: Order;
  readonly lines: readonly OrderLine[];
}
