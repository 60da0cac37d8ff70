import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsEmail, IsIn, Matches } from 'class-validator';
import { PageQuery, type Page } from '../../http/paging/page.dto';
import { Characters, LowerCased, Omittable } from '../../http/validation/dto-fields';
import { CardView } from '../payments/payment-method.dto';
import {
  EXPIRY_REASONS,
  RENEWALS,
  SUBSCRIPTION_STATUSES,
  type ExpiryReason,
  type Renewal,
  type SubscriptionStatus,
} from './subscription.entity';

const REFERENCE = /^[A-Z0-9]{10}$/;

/** Path of a subscription. */
export class SubscriptionParams {
  /**
   * Reference of the subscription: ten letters and digits.
   * @example "ABCD1234EF"
   */
  @Matches(REFERENCE)
  reference: string;
}

/** Which subscriptions to list. */
export class SubscriptionsQuery extends PageQuery {
  /** Only the subscription of this reference. */
  @Omittable()
  @Matches(REFERENCE)
  reference?: string;

  /** Only subscriptions of the shopper with this e-mail. */
  @Omittable()
  @LowerCased()
  @IsEmail()
  @Characters(0, 254)
  shopperEmail?: string;

  /** Only subscriptions in this status. */
  @ApiPropertyOptional({ enum: SUBSCRIPTION_STATUSES, enumName: 'SubscriptionStatus' })
  @Omittable()
  @IsIn(SUBSCRIPTION_STATUSES)
  status?: SubscriptionStatus;
}

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
