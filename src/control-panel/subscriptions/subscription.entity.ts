import { Column, Entity, Index } from 'typeorm';
import { AccountRow } from '../../access/accounts/account-row';
import { InstantColumn, IntegerColumn, MoneyColumn, ReferenceColumn, TextColumn } from '../../database/columns';
import { Product } from '../catalog/product.entity';
import { Card } from '../payments/card';

/**
 * `active`: the shopper can use the product. `canceled`: a representative ended it. `expired`: it ended without a
 * renewal.
 */
export const SUBSCRIPTION_STATUSES = ['active', 'canceled', 'expired'] as const;
export type SubscriptionStatus = (typeof SUBSCRIPTION_STATUSES)[number];

/** `automatic`: the subscription renews at its end. `stopped`: it expires at its end. */
export const RENEWALS = ['automatic', 'stopped'] as const;
export type Renewal = (typeof RENEWALS)[number];

/** The reasons why a subscription expires: its renewal was stopped, or its card was declined. */
export const EXPIRY_REASONS = ['not_renewed', 'payment_declined'] as const;
export type ExpiryReason = (typeof EXPIRY_REASONS)[number];

/** A shopper's right to use a product, paid for each billing cycle. */
@Entity('subscriptions')
@Index('subscriptions_reference', ['accountId', 'reference'], { unique: true })
@Index('subscriptions_shopper', ['accountId', 'shopperEmail', 'id'])
@Index('subscriptions_by_account', ['accountId', 'id'])
@Index('subscriptions_due', ['status', 'endsAt'])
export class Subscription extends AccountRow {
  /** The subscription's public identifier: 7 to 10 letters and digits, unique in the account. New ones have 10. */
  @TextColumn('reference')
  reference: string;

  /** The reference of the order that started the subscription. */
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

  /** Set only if the subscription has expired. */
  @TextColumn('longWord', { nullable: true })
  expiryReason?: ExpiryReason | null;

  @TextColumn('word')
  renewal: Renewal;

  /** The price of one billing cycle for all units, in minor units. */
  @MoneyColumn()
  price: number;

  @TextColumn('currency')
  currency: string;

  /** The length of the billing cycles from the next renewal on, in months. */
  @IntegerColumn()
  billingCycleMonths: number;

  /** A different price for the next `renewalCycles` renewals, in minor units; null if there is none. */
  @MoneyColumn({ nullable: true })
  renewalPrice: number | null;

  /** The number of renewals left at `renewalPrice`; null if there is none. */
  @IntegerColumn({ nullable: true })
  renewalCycles: number | null;

  /** The start of the current billing cycle. */
  @InstantColumn()
  cycleStartedAt: Date;

  /** The length of the current billing cycle, in months, without extensions. An upgrade does not change it. */
  @IntegerColumn({ default: 0 })
  cycleMonths: number;

  /** When the subscription renews or expires. */
  @InstantColumn()
  endsAt: Date;

  @Column(() => Card, { prefix: false })
  card: Card;

  @InstantColumn()
  createdAt: Date;
}
