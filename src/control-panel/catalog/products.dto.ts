import { ArrayMaxSize, ArrayUnique, IsArray, IsInt, IsString, Matches, Max, Min } from 'class-validator';
import { Characters, IsAmount, IsCurrency, Omittable, SingleLine, Trimmed } from '../../http/validation/dto-fields';

const PRODUCT_CODE = /^[A-Za-z0-9._-]{1,64}$/;

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
