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

  /** Of one piece, for one billing cycle; in minor units. */
  @MoneyColumn()
  price: number;

  @TextColumn('currency')
  currency: string;

  /** Months that a price is for; 0 for a product that is sold once. */
  @IntegerColumn()
  billingCycleMonths: number;

  /** What a refund keeps back for each piece; in minor units. */
  @MoneyColumn()
  nonRefundableFee: number;

  @InstantColumn()
  createdAt: Date;
}

/** That a subscription to one product may be upgraded to another. */
@Entity('product_upgrades')
export class ProductUpgrade {
  @ReferenceColumn(() => Product, { primary: true })
  fromProductId: string;

  @Index('product_upgrades_to')
  @ReferenceColumn(() => Product, { primary: true })
  toProductId: string;
}
