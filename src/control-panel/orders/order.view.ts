import { ApiProperty } from '@nestjs/swagger';
import type { Page } from '../../http/paging/page.dto';
import { formatAmount } from '../../lib/money';
import type { ZonedClock } from '../../lib/time/zoned-time';
import { CardView, cardView } from '../payments/card.view';
import { ORDER_STATUSES, type Order, type OrderLine, type OrderStatus } from '../sales/order.entity';

/** The shopper who placed an order. */
export class ShopperView {
  /**
   * The shopper's name.
   * @example "Sara Shopper"
   */
  name: string;

  /**
   * The shopper's email address, in lower case.
   * @example "sara@shopper.example"
   */
  email: string;

  /**
   * The ISO 3166-1 alpha-2 code of the shopper's country.
   * @example "RO"
   */
  country: string;

  /**
   * The BCP 47 tag of the shopper's language; null if it is not known.
   * @example "en"
   */
  @ApiProperty({ type: String, nullable: true })
  language: string | null;
}

/** A line of an order: one product and its quantity. */
export class OrderLineView {
  /**
   * The position of the line in the order, starting at 1. A refund by lines refers to it.
   * @example 1
   */
  position: number;

  /**
   * The product's code.
   * @example "ANTIVIRUS-1Y"
   */
  productCode: string;

  /**
   * The product's name when the order was placed.
   * @example "Antivirus, one year"
   */
  productName: string;

  /**
   * The number of units: 1 to 1000.
   * @example 1
   */
  quantity: number;

  /**
   * The price of one unit: a decimal string.
   * @example "59.90"
   */
  unitPrice: string;

  /**
   * The price of all units of the line: a decimal string.
   * @example "59.90"
   */
  amount: string;

  /**
   * The reference of the subscription that the line started; null if the product is sold once, or while the order is
   * not finished.
   * @example "ABCD1234EF"
   */
  @ApiProperty({ type: String, nullable: true })
  subscriptionReference: string | null;
}

/** An order without its lines. */
export class OrderSummary {
  /**
   * The order's reference: 7 to 10 digits.
   * @example "2000001"
   */
  reference: string;

  /**
   * The order's status: `finished` if the payment was captured, `pending` while the payment provider has not decided,
   * and `canceled` if the provider declined the payment later.
   * @example "finished"
   */
  @ApiProperty({ enum: ORDER_STATUSES, enumName: 'OrderStatus' })
  status: OrderStatus;

  /** The shopper who placed the order. */
  shopper: ShopperView;

  /**
   * The total price of the order: a decimal string.
   * @example "59.90"
   */
  total: string;

  /**
   * The sum of the requested amounts of all refunds that are requested or processed: a decimal string.
   * @example "0"
   */
  refunded: string;

  /**
   * The ISO 4217 code of the currency of all amounts of the order.
   * @example "USD"
   */
  currency: string;

  /**
   * When the order was placed: an RFC 3339 date-time in the account's time zone.
   * @example "2026-01-15T09:30:00.000+02:00"
   */
  @ApiProperty({ format: 'date-time' })
  placedAt: string;
}

/** An order with its lines, card and invoice number. */
export class OrderView extends OrderSummary {
  /** The lines of the order, by position. */
  lines: OrderLineView[];

  /** The card that was charged. */
  card: CardView;

  /**
   * The number of the order's invoice; null while the order is not finished.
   * @example 1
   */
  @ApiProperty({ type: Number, nullable: true })
  invoiceNumber: number | null;

  /**
   * The comment from when the order was placed; null if there is none.
   * @example "Ordered by phone"
   */
  @ApiProperty({ type: String, nullable: true })
  comment: string | null;
}

/** A page of orders. */
export class OrderPage implements Page<OrderSummary> {
  /** The orders on this page, newest first. */
  data: OrderSummary[];

  /** The cursor of the next page, to send as `cursor` with the same filter; null on the last page. */
  @ApiProperty({ type: String, nullable: true, example: null })
  nextCursor: string | null;
}

/** Shows an order without its lines. */
export function orderSummary(order: Order, clock: ZonedClock): OrderSummary {
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
    placedAt: clock.rfc3339(order.placedAt.getTime()),
  };
}

/** @param invoiceNumber null unless the order is finished */
export function orderView(
  order: Order,
  lines: readonly OrderLine[],
  invoiceNumber: number | null,
  clock: ZonedClock,
): OrderView {
  return {
    ...orderSummary(order, clock),
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
