import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsISO31661Alpha2,
  IsObject,
  IsString,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { PageQuery } from '../../http/paging/page.dto';
import {
  Characters,
  IsCurrency,
  IsEmailAddress,
  IsLanguage,
  LowerCased,
  Omittable,
  SingleLine,
  Trimmed,
} from '../../http/validation/dto-fields';
import { PaymentMethod } from '../payments/payment-method.dto';
import { IsOrderReference } from '../sales/order-params.dto';
import { ORDER_STATUSES, type OrderStatus } from '../sales/order.entity';

/** The shopper who places the order. */
export class Shopper {
  /**
   * The shopper's name: 1 to 200 characters on a single line.
   * @example "Sara Shopper"
   */
  @Trimmed()
  @IsString()
  @Characters(1, 200)
  @SingleLine()
  name: string;

  /**
   * The shopper's email address: at most 254 characters, stored in lower case.
   * @example "sara@shopper.example"
   */
  @LowerCased()
  @IsEmailAddress()
  @Characters(0, 254)
  email: string;

  /**
   * The ISO 3166-1 alpha-2 code of the shopper's country.
   * @example "RO"
   */
  @IsISO31661Alpha2()
  @ApiProperty({ pattern: '^[A-Za-z]{2}$' })
  country: string;

  /**
   * The BCP 47 tag of the shopper's language: at most 35 characters. The service sends emails in this language if there
   * is an active template in it.
   * @example "en"
   */
  @Omittable()
  @IsLanguage()
  language?: string;
}

/** A product to order. */
export class OrderedProduct {
  /**
   * The product's code: 1 to 64 characters.
   * @example "ANTIVIRUS-1Y"
   */
  @IsString()
  @Characters(1, 64)
  productCode: string;

  /**
   * The number of units: 1 to 1000.
   * @example 1
   */
  @IsInt()
  @Min(1)
  @Max(1000)
  quantity: number;
}

/** A new order on behalf of a shopper. The service computes the total from the prices in the catalog. */
export class PlaceOrder {
  /** The shopper who places the order. */
  @IsObject()
  @ValidateNested()
  @Type(() => Shopper)
  shopper: Shopper;

  /** The products to order: 1 to 100, all in the order's currency. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => OrderedProduct)
  products: OrderedProduct[];

  /**
   * The ISO 4217 code of the order's currency.
   * @example "USD"
   */
  @IsCurrency()
  currency: string;

  /** The card to charge. */
  @IsObject()
  @ValidateNested()
  @Type(() => PaymentMethod)
  paymentMethod: PaymentMethod;

  /**
   * A note for the report, which shows it in the Comment column: at most 2000 characters.
   * @example "Ordered by phone"
   */
  @Omittable()
  @IsString()
  @Characters(0, 2000)
  comment?: string;
}

/** The filter for a list of orders. */
export class OrdersQuery extends PageQuery {
  /**
   * The reference of an order: 7 to 10 digits. The list includes only this order.
   * @example "2000001"
   */
  @Omittable()
  @IsOrderReference()
  reference?: string;

  /**
   * The email address of a shopper: at most 254 characters. The list includes only orders of this shopper.
   * @example "sara@shopper.example"
   */
  @Omittable()
  @LowerCased()
  @IsEmailAddress()
  @Characters(0, 254)
  shopperEmail?: string;

  /**
   * The status of orders. The list includes only orders in this status.
   * @example "finished"
   */
  @ApiPropertyOptional({ enum: ORDER_STATUSES, enumName: 'OrderStatus' })
  @Omittable()
  @IsIn(ORDER_STATUSES)
  status?: OrderStatus;
}
