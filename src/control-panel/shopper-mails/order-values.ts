import type { Account } from '../../access/accounts/account.entity';
import { formatFullAmount } from '../../lib/money';
import { ZonedClock } from '../../lib/time/zoned-time';
import type { InvoiceDocument } from '../sales/invoice.entity';
import type { Order, OrderLine } from '../sales/order.entity';
import type { Refund } from '../sales/refund.entity';
import type { EmailValues } from './email-placeholders';

/** The merchant, as emails name it. */
type Seller = Pick<Account, 'name' | 'timeZone'>;

/** Returns the values for the placeholders of an order's confirmation, and of its cancellation. */
export function orderValues(
  order: Order,
  lines: readonly OrderLine[],
  { name, timeZone }: Seller,
): EmailValues<'order_confirmation'> {
  return {
    sellerName: name,
    shopperName: order.shopperName,
    shopperEmail: order.shopperEmail,
    orderReference: order.reference,
    orderDate: formatDay(order.placedAt, timeZone),
    total: formatFullAmount(order.total, order.currency),
    currency: order.currency,
    products: lines.map(({ quantity, productName }) => `${quantity} × ${productName}`).join('; '),
  };
}

/** Returns the values for the placeholders of the email with an invoice. */
export function invoiceValues(
  { invoice, order, lines }: InvoiceDocument,
  { timeZone }: Seller,
): EmailValues<'invoice'> {
  return {
    ...orderValues(order, lines, { name: invoice.sellerName, timeZone }),
    invoiceNumber: String(invoice.number),
    invoiceDate: formatDay(invoice.issuedAt, invoice.timeZone),
  };
}

/** Returns the values for the placeholders of a refund's confirmation. */
export function refundValues(
  { requestedAmount, fee, requestedAt }: Pick<Refund, 'requestedAmount' | 'fee' | 'requestedAt'>,
  order: Order,
  lines: readonly OrderLine[],
  seller: Seller,
): EmailValues<'refund_confirmation'> {
  return {
    ...orderValues(order, lines, seller),
    refundAmount: formatFullAmount(requestedAmount - fee, order.currency),
    refundFee: formatFullAmount(fee, order.currency),
    refundDate: formatDay(requestedAt, seller.timeZone),
  };
}

function formatDay(moment: Date, timeZone: string): string {
  return ZonedClock.of(timeZone).day(moment.getTime());
}
