import type { Order, OrderLine } from './order.entity';
import type { Invoice } from './invoice.entity';

/** All that stands on an invoice. Nothing of it ever changes, so it looks the same each time. */
export interface InvoiceDocument {
  readonly invoice: Invoice;
  readonly order: Order;
  readonly lines: readonly OrderLine[];
}
