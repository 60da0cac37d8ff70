import { ApiProperty } from '@nestjs/swagger';
import type { Page } from '../../http/paging/page.dto';
import { formatAmount } from '../../lib/money';
import type { ZonedClock } from '../../lib/time/zoned-time';
import type { Product } from '../catalog/product.entity';
import { CardView, cardView } from '../payments/card.view';
import {
  EXPIRY_REASONS,
  RENEWALS,
  SUBSCRIPTION_STATUSES,
  type ExpiryReason,
  type Renewal,
  type Subscription,
  type SubscriptionStatus,
} from './subscription.entity';

/** Whoever has a subscription. */
export class Subscriber {
  /**
   * The shopper's name.
   * @example "Sara Shopper"
   */
  name: string;

  /**
   * The shopper's e-mail.
   * @example "sara@shopper.example"
   */
  email: string;
}

/** A shopper's lasting right to a product, paid cycle by cycle. */
export class SubscriptionView {
  /**
   * What people call it.
   * @example "ABCD1234EF"
   */
  reference: string;

  /**
   * The order that began it.
   * @example "2000001"
   */
  orderReference: string;

  /**
   * Code of its product.
   * @example "ANTIVIRUS-1Y"
   */
  productCode: string;

  /**
   * Name of its product.
   * @example "Antivirus, one year"
   */
  productName: string;

  /**
   * How many pieces.
   * @example 1
   */
  quantity: number;

  /** Whoever has it. */
  shopper: Subscriber;

  /**
   * `active` while the shopper may use it; `canceled` by a representative; `expired` when it ended without being renewed.
   * @example "active"
   */
  @ApiProperty({ enum: SUBSCRIPTION_STATUSES, enumName: 'SubscriptionStatus' })
  status: SubscriptionStatus;

  /**
   * Why it expired: `not_renewed`, its renewal was stopped; `payment_declined`, the card was refused. Null while it has not.
   * @example null
   */
  @ApiProperty({ type: String, enum: [...EXPIRY_REASONS, null], nullable: true })
  expiryReason: ExpiryReason | null;

  /**
   * `automatic` renews at its end, `stopped` runs out then.
   * @example "automatic"
   */
  @ApiProperty({ enum: RENEWALS, enumName: 'Renewal' })
  renewal: Renewal;

  /**
   * What a cycle costs, for all pieces.
   * @example "59.90"
   */
  price: string;

  /**
   * Currency of its prices, ISO 4217.
   * @example "USD"
   */
  currency: string;

  /**
   * Months of a cycle.
   * @example 12
   */
  billingCycleMonths: number;

  /**
   * What the next renewals cost instead, for all pieces, while `renewalCycles` last.
   * @example "49.90"
   */
  @ApiProperty({ type: String, nullable: true })
  renewalPrice: string | null;

  /**
   * How many renewals are left at `renewalPrice`.
   * @example 3
   */
  @ApiProperty({ type: Number, nullable: true })
  renewalCycles: number | null;

  /**
   * When the current cycle began, RFC 3339 in the account's zone.
   * @example "2026-01-15T09:30:00.000+02:00"
   */
  cycleStartedAt: string;

  /**
   * When it renews or runs out, RFC 3339 in the account's zone.
   * @example "2027-01-15T09:30:00.000+02:00"
   */
  endsAt: string;

  /** The card that pays its renewals. */
  card: CardView;

  /**
   * When it began, RFC 3339 in the account's zone.
   * @example "2026-01-15T09:30:00.000+02:00"
   */
  createdAt: string;
}

/** One page of subscriptions. */
export class SubscriptionPage implements Page<SubscriptionView> {
  /** The subscriptions, newest first. */
  data: SubscriptionView[];

  /** Cursor of the next page; null on the last one. */
  @ApiProperty({ type: String, nullable: true, example: null })
  nextCursor: string | null;
}

export function subscriptionView(subscription: Subscription, product: Product, clock: ZonedClock): SubscriptionView {
  const { currency, renewalPrice } = subscription;
  return {
    reference: subscription.reference,
    orderReference: subscription.orderReference,
    productCode: product.code,
    productName: product.name,
    quantity: subscription.quantity,
    shopper: { name: subscription.shopperName, email: subscription.shopperEmail },
    status: subscription.status,
    expiryReason: subscription.expiryReason ?? null,
    renewal: subscription.renewal,
    price: formatAmount(subscription.price, currency),
    currency,
    billingCycleMonths: subscription.billingCycleMonths,
    renewalPrice: renewalPrice === null ? null : formatAmount(renewalPrice, currency),
    renewalCycles: subscription.renewalCycles,
    cycleStartedAt: clock.rfc3339(subscription.cycleStartedAt.getTime()),
    endsAt: clock.rfc3339(subscription.endsAt.getTime()),
    card: cardView(subscription.card),
    createdAt: clock.rfc3339(subscription.createdAt.getTime()),
  };
}
