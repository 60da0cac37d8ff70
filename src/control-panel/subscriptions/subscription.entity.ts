import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Account } from '../../access/accounts/account.entity';
import { minorUnits } from '../../database/minor-units';
import { Product } from '../catalog/product.entity';
import { Card } from '../payments/card';

/** `active` while the shopper may use it; `canceled` by a representative; `expired` when it ran out. */
export const SUBSCRIPTION_STATUSES = ['active', 'canceled', 'expired'] as const;
export type SubscriptionStatus = (typeof SUBSCRIPTION_STATUSES)[number];

/** `automatic` renews at its end, `stopped` runs out. */
export const RENEWALS = ['automatic', 'stopped'] as const;
export type Renewal = (typeof RENEWALS)[number];

/** Why one expired: its renewal was stopped, or its card refused to pay it. */
export const EXPIRY_REASONS = ['not_renewed', 'payment_declined'] as const;
export type ExpiryReason = (typeof EXPIRY_REASONS)[number];

/** A shopper's lasting right to a product, paid cycle by cycle. */
@Entity('subscriptions')
@Index('subscriptions_reference', ['accountId', 'reference'], { unique: true })
@Index('subscriptions_shopper', ['accountId', 'shopperEmail', 'id'])
@Index('subscriptions_by_account', ['accountId', 'id'])
@Index('subscriptions_due', ['status', 'endsAt'])
export class Subscription {
  @PrimaryColumn({ name: 'id', type: 'varchar', length: 26 })
  id: string;

  @ForeignKey(() => Account, { onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @Column({ name: 'account_id', type: 'varchar', length: 26 })
  accountId: string;

  /** What people call it: ten letters and digits, of one subscription only in the account. */
  @Column({ name: 'reference', type: 'varchar', length: 16 })
  reference: string;

  /** The order that began it. */
  @Column({ name: 'order_reference', type: 'varchar', length: 16 })
  orderReference: string;

  @ForeignKey(() => Product, { onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @Column({ name: 'product_id', type: 'varchar', length: 26 })
  productId: string;

  @Column({ name: 'quantity', type: 'int' })
  quantity: number;

  @Column({ name: 'shopper_name', type: 'varchar', length: 200 })
  shopperName: string;

  /** In lower case. */
  @Column({ name: 'shopper_email', type: 'varchar', length: 254 })
  shopperEmail: string;

  @Column({ name: 'status', type: 'varchar', length: 16 })
  status: SubscriptionStatus;

  /** Of an expired one alone. */
  @Column({ name: 'expiry_reason', type: 'varchar', length: 32, nullable: true })
  expiryReason?: ExpiryReason | null;

  @Column({ name: 'renewal', type: 'varchar', length: 16 })
  renewal: Renewal;

  /** What a cycle costs, for all pieces, in minor units. */
  @Column({ name: 'price', type: 'bigint', transformer: minorUnits })
  price: number;

  @Column({ name: 'currency', type: 'varchar', length: 3 })
  currency: string;

  /** Months of a cycle. */
  @Column({ name: 'billing_cycle_months', type: 'int' })
  billingCycleMonths: number;

  /** What the next cycles cost instead, while `renewalCycles` last; in minor units. */
  @Column({ name: 'renewal_price', type: 'bigint', nullable: true, transformer: minorUnits })
  renewalPrice: number | null;

  /** Renewals left at `renewalPrice`. */
  @Column({ name: 'renewal_cycles', type: 'int', nullable: true })
  renewalCycles: number | null;

  /** When the current cycle began. */
  @Column({ name: 'cycle_started_at', type: 'datetime' })
  cycleStartedAt: Date;

  /** When it renews or runs out. */
  @Column({ name: 'ends_at', type: 'datetime' })
  endsAt: Date;

  @Column(() => Card, { prefix: false })
  card: Card;

  @Column({ name: 'created_at', type: 'datetime' })
  createdAt: Date;
}
