import { Entity, Index } from 'typeorm';
import { AccountRow } from '../../access/accounts/account-row';
import { InstantColumn, IntegerColumn, MoneyColumn, ReferenceColumn, TextColumn } from '../../database/columns';

/** Something that the merchant sells. */
@Entity('products')
@Index('products_code', ['accountId', 'code'], { unique: true })
export class Product extends AccountRow {
  @TextColumn('code')
  code: string;

  @TextColumn('name')
  name: string;

  /** The price of one unit for one billing cycle, in minor units. */
  @MoneyColumn()
  price: number;

  @TextColumn('currency')
  currency: string;

  /** The length of a billing cycle in months; 0 for a product without a subscription. */
  @IntegerColumn()
  billingCycleMonths: number;

  /** The part of the unit price that is not refunded, in minor units. */
  @MoneyColumn()
  nonRefundableFee: number;

  @InstantColumn()
  createdAt: Date;
}

/** A possible upgrade: a subscription to one product can change to the other product. */
@Entity('product_upgrades')
export class ProductUpgrade {
  @ReferenceColumn(() => Product, { primary: true })
  fromProductId: string;

  @Index('product_upgrades_to')
  @ReferenceColumn(() => Product, { primary: true })
  toProductId: string;
}
