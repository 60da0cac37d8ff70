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

/** The shopper who has a subscription. */
export class SubscriptionShopperView {
  /**
   * The shopper's name.
   * @example "Sara Shopper"
   */
  name: string;

  /**
   * The shopper's email address, in lower case.
   * @example "sara@shopper.example"
   */
  email: string;
}

/** A shopper's subscription to a product, paid in advance for each billing cycle. */
export class SubscriptionView {
  /**
   * The subscription's reference: 7 to 10 uppercase letters and digits, unique in the account. New ones have ten.
   * @example "ABCD1234EF"
   */
  reference: string;

  /**
   * The reference of the order that started the subscription: 7 to 10 digits.
   * @example "2000001"
   */
  orderReference: string;

  /**
   * The product's code.
   * @example "ANTIVIRUS-1Y"
   */
  productCode: string;

  /**
   * The product's name.
   * @example "Antivirus, one year"
   */
  productName: string;

  /**
   * The number of units: 1 to 1000.
   * @example 1
   */
  quantity: number;

  /** The shopper who has the subscription. */
  shopper: SubscriptionShopperView;

  /**
   * The subscription's status: `active` while the shopper can use it, `canceled` if a representative canceled it,
   * `expired` if it ended without a renewal.
   * @example "active"
   */
  @ApiProperty({ enum: SUBSCRIPTION_STATUSES, enumName: 'SubscriptionStatus' })
  status: SubscriptionStatus;

  /**
   * Why the subscription expired: `not_renewed` if its renewal was stopped, `payment_declined` if the payment was
   * declined; null if it has not expired.
   */
  @ApiProperty({ type: String, enum: [...EXPIRY_REASONS, null], nullable: true, example: null })
  expiryReason: ExpiryReason | null;

  /**
   * What happens at the end of the cycle: with `automatic` the subscription renews, with `stopped` it expires.
   * @example "automatic"
   */
  @ApiProperty({ enum: RENEWALS, enumName: 'Renewal' })
  renewal: Renewal;

  /**
   * The regular price of one billing cycle for all units: a decimal string.
   * @example "59.90"
   */
  price: string;

  /**
   * The ISO 4217 code of the currency of all prices of the subscription.
   * @example "USD"
   */
  currency: string;

  /**
   * The length of a billing cycle in months: 1 to 120.
   * @example 12
   */
  billingCycleMonths: number;

  /**
   * The price of each of the next `renewalCycles` renewals for all units: a decimal string; null if they cost the
   * regular price.
   * @example "49.90"
   */
  @ApiProperty({ type: String, nullable: true })
  renewalPrice: string | null;

  /**
   * The number of remaining renewals at `renewalPrice`; null if they cost the regular price.
   * @example 3
   */
  @ApiProperty({ type: Number, nullable: true })
  renewalCycles: number | null;

  /**
   * When the current billing cycle started: an RFC 3339 date-time in the account's time zone.
   * @example "2026-01-15T09:30:00.000+02:00"
   */
  @ApiProperty({ format: 'date-time' })
  cycleStartedAt: string;

  /**
   * When the subscription renews or expires: an RFC 3339 date-time in the account's time zone.
   * @example "2027-01-15T09:30:00.000+02:00"
   */
  @ApiProperty({ format: 'date-time' })
  endsAt: string;

  /** The card that is charged for renewals. */
  card: CardView;

  /**
   * When the subscription started: an RFC 3339 date-time in the account's time zone.
   * @example "2026-01-15T09:30:00.000+02:00"
   */
  @ApiProperty({ format: 'date-time' })
  createdAt: string;
}

/** A page of subscriptions. */
export class SubscriptionPage implements Page<SubscriptionView> {
  /** The subscriptions on this page, newest first. */
  data: SubscriptionView[];

  /** The cursor of the next page, to send as `cursor` with the same filter; null on the last page. */
  @ApiProperty({ type: String, nullable: true, example: null })
  nextCursor: string | null;
}

export function subscriptionView(
  subscription: Subscription,
  product: Pick<Product, 'code' | 'name'>,
  clock: ZonedClock,
): SubscriptionView {
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
