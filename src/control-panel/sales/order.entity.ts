import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Account } from '../../access/accounts/account.entity';
import { minorUnits } from '../../database/minor-units';
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
export class Order {
  @PrimaryColumn({ name: 'id', type: 'varchar', length: 26 })
  id: string;

  @ForeignKey(() => Account, { onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @Column({ name: 'account_id', type: 'varchar', length: 26 })
  accountId: string;

  /** What people call it: seven digits, of one order only in the account. */
  @Column({ name: 'reference', type: 'varchar', length: 16 })
  reference: string;

  @Column({ name: 'status', type: 'varchar', length: 16 })
  status: OrderStatus;

  @Column({ name: 'shopper_name', type: 'varchar', length: 200 })
  shopperName: string;

  /** In lower case. */
  @Column({ name: 'shopper_email', type: 'varchar', length: 254 })
  shopperEmail: string;

  /** ISO 3166-1, two letters. */
  @Column({ name: 'shopper_country', type: 'varchar', length: 2 })
  shopperCountry: string;

  /** Language that the shopper reads, BCP 47; null when nobody said. */
  @Column({ name: 'shopper_language', type: 'varchar', length: 35, nullable: true })
  shopperLanguage: string | null;

  @Column({ name: 'currency', type: 'varchar', length: 3 })
  currency: string;

  /** In minor units. */
  @Column({ name: 'total', type: 'bigint', transformer: minorUnits })
  total: number;

  /** What requested and processed refunds take back, their fees among it; never more than the total. In minor units. */
  @Column({ name: 'refunded', type: 'bigint', transformer: minorUnits })
  refunded: number;

  @Column({ name: 'comment', type: 'varchar', length: 2000, nullable: true })
  comment: string | null;

  @Column(() => Card, { prefix: false })
  card: Card;

  @Column({ name: 'placed_at', type: 'datetime' })
  placedAt: Date;
}

/** One product of an order. */
@Entity('order_lines')
@Index('order_lines_by_order', ['orderId', 'position'], { unique: true })
export class OrderLine {
  @PrimaryColumn({ name: 'id', type: 'varchar', length: 26 })
  id: string;

  @ForeignKey(() => Order, { onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @Column({ name: 'order_id', type: 'varchar', length: 26 })
  orderId: string;

  /** From 1 on. */
  @Column({ name: 'position', type: 'int' })
  position: number;

  @ForeignKey(() => Product, { onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @Column({ name: 'product_id', type: 'varchar', length: 26 })
  productId: string;

  /** Code and name as they were when the order was placed. */
  @Column({ name: 'product_code', type: 'varchar', length: 64 })
  productCode: string;

  @Column({ name: 'product_name', type: 'varchar', length: 200 })
  productName: string;

  @Column({ name: 'quantity', type: 'int' })
  quantity: number;

  /** In minor units. */
  @Column({ name: 'unit_price', type: 'bigint', transformer: minorUnits })
  unitPrice: number;

  /** Unit price times quantity, in minor units. */
  @Column({ name: 'amount', type: 'bigint', transformer: minorUnits })
  amount: number;

  /** What a refund of the whole line keeps back, in minor units. */
  @Column({ name: 'non_refundable_fee', type: 'bigint', transformer: minorUnits })
  nonRefundableFee: number;

  /** The subscription that it began, if its product is recurring and the order is finished. */
  @Column({ name: 'subscription_reference', type: 'varchar', length: 16, nullable: true })
  subscriptionReference: string | null;
}
