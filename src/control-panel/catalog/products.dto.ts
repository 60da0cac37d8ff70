import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayUnique, IsArray, IsInt, IsString, Matches, Max, Min } from 'class-validator';
import { Characters, IsAmount, IsCurrency, Omittable, SingleLine, Trimmed } from '../../http/validation/dto-fields';

const PRODUCT_CODE = /^[A-Za-z0-9._-]{1,64}$/;
const PRODUCT_CODE_FORM = 'must be 1 to 64 letters, digits, dots, hyphens and underscores';

/** A new product. */
export class CreateProduct {
  /**
   * The product's code, which orders refer to: 1 to 64 letters, digits, dots, hyphens and underscores, unique in the
   * account.
   * @example "FIREWALL-1Y"
   */
  @IsString()
  @Matches(PRODUCT_CODE, { message: `$property ${PRODUCT_CODE_FORM}` })
  @ApiProperty({ pattern: PRODUCT_CODE.source })
  code: string;

  /**
   * The product's name: 1 to 200 characters on a single line.
   * @example "Firewall, one year"
   */
  @Trimmed()
  @IsString()
  @Characters(1, 200)
  @SingleLine()
  name: string;

  /**
   * The price of one unit for one billing cycle: a decimal string, zero or more, with no more decimals than the
   * currency has.
   * @example "59.90"
   */
  @IsAmount()
  price: string;

  /**
   * The ISO 4217 code of the currency of all amounts of the product.
   * @example "USD"
   */
  @IsCurrency()
  currency: string;

  /**
   * The length of a billing cycle in months: 1 to 120; 0 for a product that is sold once.
   * @example 12
   */
  @IsInt()
  @Min(0)
  @Max(120)
  billingCycleMonths: number;

  /**
   * The part of the unit price that is not refunded: a decimal string, at most the price. The default is 0.
   * @example "5"
   */
  @Omittable()
  @IsAmount()
  nonRefundableFee?: string;

  /**
   * The codes of the products whose subscriptions can be upgraded to this product: at most 100, each once, all in the
   * same currency. There are none by default.
   * @example ["ANTIVIRUS-1Y"]
   */
  @Omittable()
  @IsArray()
  @ArrayUnique()
  @ArrayMaxSize(100)
  @Matches(PRODUCT_CODE, { each: true, message: `each value in $property ${PRODUCT_CODE_FORM}` })
  @ApiProperty({ pattern: PRODUCT_CODE.source })
  upgradeOf?: string[];
}
