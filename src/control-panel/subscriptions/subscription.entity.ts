import { Column, Entity, Index } from 'typeorm';
import { AccountRow } from '../../access/accounts/account-row';
import { InstantColumn, IntegerColumn, MoneyColumn, ReferenceColumn, TextColumn } from '../../database/columns';
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
export class Subscription extends AccountRow {
  /** What people call it: ten letters and digits, of one subscription only in the account. */
  @TextColumn('reference')
  reference: string;

  /** The order that began it. */
  @TextColumn('reference')
  orderReference: string;

  @ReferenceColumn(() => Product)
  productId: string;

  @IntegerColumn()
  quantity: number;

  @TextColumn('name')
  shopperName: string;

  /** In lower case. */
  @TextColumn('email')
  shopperEmail: string;

  @TextColumn('word')
  status: SubscriptionStatus;

  /** Of an expired one alone. */
  @TextColumn('longWord', { nullable: true })
  expiryReason?: ExpiryReason | null;

  @TextColumn('word')
  renewal: Renewal;

  /** What a cycle costs, for all pieces, in minor units. */
  @MoneyColumn()
  price: number;

  @TextColumn('currency')
  currency: string;

  /** Months of a cycle. */
  @IntegerColumn()
  billingCycleMonths: number;

  /** What the next cycles cost instead, while `renewalCycles` last; in minor units. */
  @MoneyColumn({ nullable: true })
  renewalPrice: number | null;

  /** Renewals left at `renewalPrice`. */
  @IntegerColumn({ nullable: true })
  renewalCycles: number | null;

  /** When the current cycle began. */
  @InstantColumn()
  cycleStartedAt: Date;

  /** When it renews or runs out. */
  @InstantColumn()
  endsAt: Date;

  @Column(() => Card, { prefix: false })
  card: Card;

  @InstantColumn()
  createdAt: Date;
}
