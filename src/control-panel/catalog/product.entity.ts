import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Account } from '../../access/accounts/account.entity';
import { minorUnits } from '../../database/minor-units';

/** Something that the merchant sells. */
@Entity('products')
@Index('products_code', ['accountId', 'code'], { unique: true })
export class Product {
  @PrimaryColumn({ name: 'id', type: 'varchar', length: 26 })
  id: string;

  @ForeignKey(() => Account, { onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @Column({ name: 'account_id', type: 'varchar', length: 26 })
  accountId: string;

  @Column({ name: 'code', type: 'varchar', length: 64 })
  code: string;

  @Column({ name: 'name', type: 'varchar', length: 200 })
  name: string;

  /** Of one piece, for one billing cycle; in minor units. */
  @Column({ name: 'price', type: 'bigint', transformer: minorUnits })
  price: number;

  @Column({ name: 'currency', type: 'varchar', length: 3 })
  currency: string;

  /** Months that a price is for; 0 for a product that is sold once. */
  @Column({ name: 'billing_cycle_months', type: 'int' })
  billingCycleMonths: number;

  /** What a refund keeps back for each piece; in minor units. */
  @Column({ name: 'non_refundable_fee', type: 'bigint', transformer: minorUnits })
  nonRefundableFee: number;

  @Column({ name: 'created_at', type: 'datetime' })
  createdAt: Date;
}

/** That a subscription to one product may be upgraded to another. */
@Entity('product_upgrades')
export class ProductUpgrade {
  @ForeignKey(() => Product, { onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @PrimaryColumn({ name: 'from_product_id', type: 'varchar', length: 26 })
  fromProductId: string;

  @ForeignKey(() => Product, { onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @Index('product_upgrades_to')
  @PrimaryColumn({ name: 'to_product_id', type: 'varchar', length: 26 })
  toProductId: string;
}
