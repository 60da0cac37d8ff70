import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayUnique, IsArray, IsInt, IsString, Matches, Max, Min } from 'class-validator';
import type { Page } from '../../http/paging/page.dto';
import { Characters, IsAmount, IsCurrency, Omittable, SingleLine, Trimmed } from '../../http/validation/dto-fields';

const PRODUCT_CODE = /^[A-Za-z0-9._-]{1,64}$/;

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

/** A product to be added. */
export class CreateProduct {
  /**
   * What orders call it: 1 to 64 letters, digits, dots, dashes and underscores; of no other product in the account.
   * @example "FIREWALL-1Y"
   */
  @IsString()
  @Matches(PRODUCT_CODE)
  code: string;

  /**
   * Name of the product, 1 to 200 characters.
   * @example "Firewall, one year"
   */
  @Trimmed()
  @IsString()
  @Characters(1, 200)
  @SingleLine()
  name: string;

  /**
   * Price of one piece for one billing cycle.
   * @example "59.90"
   */
  @IsAmount()
  price: string;

  /**
   * Currency of the price, ISO 4217.
   * @example "USD"
   */
  @IsCurrency()
  currency: string;

  /**
   * Months that the price is for, 1 to 120; 0 for a product that is sold once.
   * @example 12
   */
  @IsInt()
  @Min(0)
  @Max(120)
  billingCycleMonths: number;

  /**
   * What a refund keeps back for each piece; not more than the price. Nothing by default.
   * @example "5"
   */
  @Omittable()
  @IsAmount()
  nonRefundableFee?: string;

  /**
   * The products, by code, whose subscriptions may be upgraded to this one; of the same currency. None by default.
   * @example ["ANTIVIRUS-1Y"]
   */
  @Omittable()
  @IsArray()
  @ArrayUnique()
  @ArrayMaxSize(100)
  @Matches(PRODUCT_CODE, { each: true })
  upgradeOf?: string[];
}
