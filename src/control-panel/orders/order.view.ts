import { ApiProperty } from '@nestjs/swagger';
import type { Page } from '../../http/paging/page.dto';
import { formatAmount } from '../../lib/money';
import type { ZonedClock } from '../../lib/time/zoned-time';
import { CardView, cardView } from '../payments/card.view';
import { ORDER_STATUSES, type Order, type OrderLine, type OrderStatus } from '../sales/order.entity';

/** Whoever bought. */
export class ShopperView {
  /**
   * The shopper's name.
   * @example "Sara Shopper"
   */
  name: string;

  /**
   * Where mails to the shopper go.
   * @example "sara@shopper.example"
   */
  email: string;

  /**
   * Country, ISO 3166-1 with two letters.
   * @example "RO"
   */
  country: string;

  /**
   * Language that the shopper reads, BCP 47; null when nobody said.
   * @example "en"
   */
  @ApiProperty({ type: String, nullable: true })
  language: string | null;
}

/** One product of an order. */
export class OrderLineView {
  /**
   * Place in the order, from 1 on; refunds name it.
   * @example 1
   */
  position: number;

  /**
   * Code of the product.
   * @example "ANTIVIRUS-1Y"
   */
  productCode: string;

  /**
   * Name of the product, as it was when the order was placed.
   * @example "Antivirus, one year"
   */
  productName: string;

  /**
   * How many pieces.
   * @example 1
   */
  quantity: number;

  /**
   * Price of one piece.
   * @example "59.90"
   */
  unitPrice: string;

  /**
   * Price of all pieces.
   * @example "59.90"
   */
  amount: string;

  /**
   * The subscription that it began, if its product is recurring; null until the order is finished.
   * @example "ABCD1234EF"
   */
  @ApiProperty({ type: String, nullable: true })
  subscriptionReference: string | null;
}

/** An order as lists show it. */
export class OrderSummary {
  /**
   * What people call it.
   * @example "2000001"
   */
  reference: string;

  /**
   * `finished` when its payment is captured; `pending` until the payment provider decides that, and `canceled` if it
   * declines it then.
   * @example "finished"
   */
  @ApiProperty({ enum: ORDER_STATUSES, enumName: 'OrderStatus' })
  status: OrderStatus;

  /** Whoever bought. */
  shopper: ShopperView;

  /**
   * What it costs in all.
   * @example "59.90"
   */
  total: string;

  /**
   * What refunds take back of it, those that are not processed yet among them.
   * @example "0"
   */
  refunded: string;

  /**
   * Currency of all its amounts, ISO 4217.
   * @example "USD"
   */
  currency: string;

  /**
   * When it was placed, RFC 3339 in the account's zone.
   * @example "2026-01-15T09:30:00.000+02:00"
   */
  placedAt: string;
}

/** An order with all that belongs to it. */
export class OrderView extends OrderSummary {
  /** What was bought. */
  lines: OrderLineView[];

  /** The card that paid. */
  card: CardView;

  /**
   * Number of its invoice; null unless the order is finished.
   * @example 1
   */
  @ApiProperty({ type: Number, nullable: true })
  invoiceNumber: number | null;

  /**
   * What was noted when it was placed.
   * @example "Ordered by phone"
   */
  @ApiProperty({ type: String, nullable: true })
  comment: string | null;
}

/** One page of orders. */
export class OrderPage implements Page<OrderSummary> {
  /** The orders, newest first. */
  data: OrderSummary[];

  /** Cursor of the next page; null on the last one. */
  @ApiProperty({ type: String, nullable: true, example: null })
  nextCursor: string | null;
}

/** An order without its lines. */
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
