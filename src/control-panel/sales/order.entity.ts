import { Column, Entity, Index } from 'typeorm';
import { AccountRow } from '../../access/accounts/account-row';
import {
  IdColumn,
  InstantColumn,
  IntegerColumn,
  MoneyColumn,
  ReferenceColumn,
  TextColumn,
} from '../../database/columns';
import { Product } from '../catalog/product.entity';
import { Card } from '../payments/card';

/**
 * An order is `pending` until the payment gateway decides about its payment, `finished` when the payment is captured,
 * and `canceled` if the gateway declines the pending payment.
 */
export const ORDER_STATUSES = ['pending', 'finished', 'canceled'] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];

/** A purchase by a shopper. */
@Entity('orders')
@Index('orders_reference', ['accountId', 'reference'], { unique: true })
@Index('orders_shopper', ['accountId', 'shopperEmail', 'id'])
@Index('orders_by_account', ['accountId', 'id'])
export class Order extends AccountRow {
  /** The order's public identifier: 7 to 10 digits, unique in the account. */
  @TextColumn('reference')
  reference: string;

  @TextColumn('word')
  status: OrderStatus;

  @TextColumn('name')
  shopperName: string;

  /** In lower case. */
  @TextColumn('email')
  shopperEmail: string;

  /** ISO 3166-1 code of the country: two letters. */
  @TextColumn('country')
  shopperCountry: string;

  /** BCP 47 tag of the shopper's language; null if it is not known. */
  @TextColumn('language', { nullable: true })
  shopperLanguage: string | null;

  @TextColumn('currency')
  currency: string;

  /** In minor units. */
  @MoneyColumn()
  total: number;

  /** The sum of the requested and processed refunds, fees included, in minor units; at most the total. */
  @MoneyColumn()
  refunded: number;

  @TextColumn('comment', { nullable: true })
  comment: string | null;

  @Column(() => Card, { prefix: false })
  card: Card;

  @InstantColumn()
  placedAt: Date;
}

/** One product of an order, with its quantity and its price. */
@Entity('order_lines')
@Index('order_lines_by_order', ['orderId', 'position'], { unique: true })
export class OrderLine {
  @IdColumn({ primary: true })
  id: string;

  @ReferenceColumn(() => Order)
  orderId: string;

  /** The number of the line in its order, starting at 1. */
  @IntegerColumn()
  position: number;

  @ReferenceColumn(() => Product)
  productId: string;

  /** The code and the name of the product when the order was placed. */
  @TextColumn('code')
  productCode: string;

  @TextColumn('name')
  productName: string;

  @IntegerColumn()
  quantity: number;

  /** In minor units. */
  @MoneyColumn()
  unitPrice: number;

  /** Unit price times quantity, in minor units. */
  @MoneyColumn()
  amount: number;

  /** The part of the amount that a refund of the whole line does not return, in minor units. */
  @MoneyColumn()
  nonRefundableFee: number;

  /** The subscription that the line started; null unless its product is recurring and the order is finished. */
  @TextColumn('reference', { nullable: true })
  subscriptionReference: string | null;
}
