import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsEmail,
  IsIn,
  IsInt,
  IsISO31661Alpha2,
  IsObject,
  IsString,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { PageQuery } from '../../http/paging/page.dto';
import {
  Characters,
  IsCurrency,
  IsLanguage,
  LowerCased,
  Omittable,
  SingleLine,
  Trimmed,
} from '../../http/validation/dto-fields';
import { PaymentMethod } from '../payments/payment-method.dto';
import { ORDER_STATUSES, type OrderStatus } from '../sales/order.entity';

/** Whoever buys. */
export class Shopper {
  /**
   * The shopper's name, 1 to 200 characters.
   * @example "Sara Shopper"
   */
  @Trimmed()
  @IsString()
  @Characters(1, 200)
  @SingleLine()
  name: string;

  /**
   * Where mails to the shopper go.
   * @example "sara@shopper.example"
   */
  @LowerCased()
  @IsEmail()
  @Characters(0, 254)
  email: string;

  /**
   * Country, ISO 3166-1 with two letters.
   * @example "RO"
   */
  @IsISO31661Alpha2()
  country: string;

  /**
   * Language that the shopper reads, BCP 47; mails to the shopper are in it where there is a template.
   * @example "en"
   */
  @Omittable()
  @IsLanguage()
  language?: string;
}

/** A product to be ordered. */
export class OrderedProduct {
  /**
   * Code of the product.
   * @example "ANTIVIRUS-1Y"
   */
  @IsString()
  @Characters(1, 64)
  productCode: string;

  /**
   * How many pieces, 1 to 1000.
   * @example 1
   */
  @IsInt()
  @Min(1)
  @Max(1000)
  quantity: number;
}

/** An order on behalf of a shopper. Its total is computed here, from the catalog. */
export class PlaceOrder {
  /** Whoever buys. */
  @IsObject()
  @ValidateNested()
  @Type(() => Shopper)
  shopper: Shopper;

  /** What is bought: 1 to 100 products, all of the order's currency. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => OrderedProduct)
  products: OrderedProduct[];

  /**
   * Currency of the order, ISO 4217.
   * @example "USD"
   */
  @IsCurrency()
  currency: string;

  /** The card that pays, as the payment provider knows it. */
  @IsObject()
  @ValidateNested()
  @Type(() => PaymentMethod)
  paymentMethod: PaymentMethod;

  /**
   * Why; becomes the record's Comment. At most 2000 characters.
   * @example "Ordered by phone"
   */
  @Omittable()
  @IsString()
  @Characters(0, 2000)
  comment?: string;
}

/** Which orders to list. */
export class OrdersQuery extends PageQuery {
  /** Only the order of this reference. */
  @Omittable()
  @Matches(/^\d{7,10}$/)
  reference?: string;

  /** Only orders of the shopper with this e-mail. */
  @Omittable()
  @LowerCased()
  @IsEmail()
  @Characters(0, 254)
  shopperEmail?: string;

  /** Only orders in this status. */
  @ApiPropertyOptional({ enum: ORDER_STATUSES, enumName: 'OrderStatus' })
  @Omittable()
  @IsIn(ORDER_STATUSES)
  status?: OrderStatus;
}
