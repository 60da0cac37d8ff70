import { ApiProperty } from '@nestjs/swagger';
import type { Page } from '../../http/paging/page.dto';
import { formatAmount } from '../../lib/money';
import type { ZonedClock } from '../../lib/time/zoned-time';
import type { Product } from './product.entity';

/** A product that the merchant sells. */
export class ProductView {
  /**
   * The product's code, which orders refer to, unique in the account.
   * @example "ANTIVIRUS-1Y"
   */
  code: string;

  /**
   * The product's name.
   * @example "Antivirus, one year"
   */
  name: string;

  /**
   * The price of one unit for one billing cycle: a decimal string.
   * @example "59.90"
   */
  price: string;

  /**
   * The ISO 4217 code of the currency of all amounts of the product.
   * @example "USD"
   */
  currency: string;

  /**
   * The length of a billing cycle in months: 1 to 120; 0 for a product that is sold once.
   * @example 12
   */
  billingCycleMonths: number;

  /**
   * The part of the unit price that is not refunded: a decimal string.
   * @example "0"
   */
  nonRefundableFee: string;

  /**
   * The codes of the products whose subscriptions can be upgraded to this product.
   * @example ["ANTIVIRUS-1M"]
   */
  upgradeOf: string[];

  /**
   * When the product was added: an RFC 3339 date-time in the account's time zone.
   * @example "2026-01-15T09:30:00.000+02:00"
   */
  @ApiProperty({ format: 'date-time' })
  createdAt: string;
}

/** A page of products. */
export class ProductPage implements Page<ProductView> {
  /** The products on this page, oldest first. */
  data: ProductView[];

  /** The cursor of the next page, to send as `cursor`; null on the last page. */
  @ApiProperty({ type: String, nullable: true, example: null })
  nextCursor: string | null;
}

/** @param upgradeOf codes of the products that it is an upgrade of */
export function productView(product: Product, upgradeOf: string[], clock: ZonedClock): ProductView {
  const { code, name, currency, billingCycleMonths, createdAt } = product;
  return {
    code,
    name,
    price: formatAmount(product.price, currency),
    currency,
    billingCycleMonths,
    nonRefundableFee: formatAmount(product.nonRefundableFee, currency),
    upgradeOf,
    createdAt: clock.rfc3339(createdAt.getTime()),
  };
}
