import { formatAmount } from '../../lib/money';
import { ZonedClock } from '../../lib/time/zoned-time';
import { cardView } from '../payments/payment-method.dto';
import type { Order, OrderLine } from '../sales/order.entity';
import type { OrderSummary, OrderView } from './orders.dto';

/** An order as lists show it, with its times in the zone. */
export function orderSummary(order: Order, timeZone: string): OrderSummary {
  const { reference, status, currency } = order;
  return {
    reference,
    status,
    shopper: {
      name: order.shopperName,
      email: order.shopperEmail,
      country: order.shopperCountry,
      language: order.shopperLanguage,
    },
    total: formatAmount(order.total, currency),
    refunded: formatAmount(order.refunded, currency),
    currency,
    placedAt: new ZonedClock(timeZone).rfc3339(order.placedAt.getTime()),
  };
}

/** An order with all that belongs to it. */
export function orderView(
  order: Order,
  lines: readonly OrderLine[],
  invoiceNumber: number | null,
  timeZone: string,
): OrderView {
  return {
    ...orderSummary(order, timeZone),
    lines: lines.map(({ position, productCode, productName, quantity, unitPrice, amount, subscriptionReference }) => ({
      position,
      productCode,
      productName,
      quantity,
      unitPrice: formatAmount(unitPrice, order.currency),
      amount: formatAmount(amount, order.currency),
      subscriptionReference,
    })),
    card: cardView(order.card),
    invoiceNumber,
    comment: order.comment,
  };
}
