import { ApiProperty } from '@nestjs/swagger';
import type { Page } from '../../http/paging/page.dto';
import { formatAmount } from '../../lib/money';
import type { ZonedClock } from '../../lib/time/zoned-time';
import type { Product } from './product.entity';

/** Something that the merchant sells. */
export class ProductView {
  /**
   * What orders call it; of one product only in the account.
   * @example "ANTIVIRUS-1Y"
   */
  code: string;

  /**
   * Name of the product.
   * @example "Antivirus, one year"
   */
  name: string;

  /**
   * Price of one piece for one billing cycle.
   * @example "59.90"
   */
  price: string;

  /**
   * Currency of the price, ISO 4217.
   * @example "USD"
   */
  currency: string;

  /**
   * Months that the price is for; 0 for a product that is sold once.
   * @example 12
   */
  billingCycleMonths: number;

  /**
   * What a refund keeps back for each piece.
   * @example "0"
   */
  nonRefundableFee: string;

  /**
   * The products whose subscriptions may be upgraded to this one.
   * @example ["ANTIVIRUS-1M"]
   */
  upgradeOf: string[];

  /**
   * When it was added, RFC 3339 in the account's zone.
   * @example "2026-01-15T09:30:00.000+02:00"
   */
  createdAt: string;
}

/** One page of products. */
export class ProductPage implements Page<ProductView> {
  /** The products, oldest first. */
  data: ProductView[];

  /** Cursor of the next page; null on the last one. */
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
