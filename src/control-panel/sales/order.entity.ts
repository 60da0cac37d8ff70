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

/** `finished` when its payment is captured; `pending` until the gateway decides that, and `canceled` if it declines it then. */
export const ORDER_STATUSES = ['pending', 'finished', 'canceled'] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];

/** What a shopper bought. */
@Entity('orders')
@Index('orders_reference', ['accountId', 'reference'], { unique: true })
@Index('orders_shopper', ['accountId', 'shopperEmail', 'id'])
@Index('orders_by_account', ['accountId', 'id'])
export class Order extends AccountRow {
  /** What people call it: seven digits, of one order only in the account. */
  @TextColumn('reference')
  reference: string;

  @TextColumn('word')
  status: OrderStatus;

  @TextColumn('name')
  shopperName: string;

  /** In lower case. */
  @TextColumn('email')
  shopperEmail: string;

  /** ISO 3166-1, two letters. */
  @TextColumn('country')
  shopperCountry: string;

  /** Language that the shopper reads, BCP 47; null when nobody said. */
  @TextColumn('language', { nullable: true })
  shopperLanguage: string | null;

  @TextColumn('currency')
  currency: string;

  /** In minor units. */
  @MoneyColumn()
  total: number;

  /** What requested and processed refunds take back, their fees among it; never more than the total. In minor units. */
  @MoneyColumn()
  refunded: number;

  @TextColumn('comment', { nullable: true })
  comment: string | null;

  @Column(() => Card, { prefix: false })
  card: Card;

  @InstantColumn()
  placedAt: Date;
}

/** One product of an order. */
@Entity('order_lines')
@Index('order_lines_by_order', ['orderId', 'position'], { unique: true })
export class OrderLine {
  @IdColumn({ primary: true })
  id: string;

  @ReferenceColumn(() => Order)
  orderId: string;

  /** From 1 on. */
  @IntegerColumn()
  position: number;

  @ReferenceColumn(() => Product)
  productId: string;

  /** Code and name as they were when the order was placed. */
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

  /** What a refund of the whole line keeps back, in minor units. */
  @MoneyColumn()
  nonRefundableFee: number;

  /** The subscription that it began, if its product is recurring and the order is finished. */
  @TextColumn('reference', { nullable: true })
  subscriptionReference: string | null;
}
