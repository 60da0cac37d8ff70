import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsObject,
  IsEmail,
  IsIn,
  IsInt,
  IsISO31661Alpha2,
  IsString,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { PageQuery, type Page } from '../../http/paging/page.dto';
import {
  Characters,
  IsCurrency,
  IsLanguage,
  LowerCased,
  Omittable,
  SingleLine,
  Trimmed,
} from '../../http/validation/dto-fields';
import { CardView, PaymentMethod } from '../payments/payment-method.dto';
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
