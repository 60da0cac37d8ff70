import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsInt, IsString, Max, Min } from 'class-validator';
import { Characters, IsAmount, IsCurrency, Omittable } from '../../http/validation/dto-fields';
import { PaymentMethod } from '../payments/payment-method.dto';

/** The reasons to cancel a subscription. */
export const CANCELLATION_REASONS = [
  'shopper_request',
  'too_expensive',
  'not_used',
  'switched_product',
  'technical_problem',
  'duplicate',
  'fraud',
  'other',
] as const;
export type CancellationReason = (typeof CANCELLATION_REASONS)[number];

/** The reasons to stop recurring billing. */
export const STOP_REASONS = [
  'shopper_request',
  'too_expensive',
  'not_used',
  'pays_otherwise',
  'card_expired',
  'other',
] as const;
export type StopReason = (typeof STOP_REASONS)[number];

/** A change to a subscription, with an optional comment. */
export class SubscriptionAction {
  /**
   * A note for the report, which shows it in the Comment column: at most 2000 characters.
   * @example "Customer request"
   */
  @Omittable()
  @IsString()
  @Characters(0, 2000)
  comment?: string;
}

/** An upgrade to another product. */
export class UpgradeSubscription extends SubscriptionAction {
  /**
   * The code of the new product: 1 to 64 characters. The new product must list the current one in `upgradeOf`.
   * @example "ANTIVIRUS-PRO-1Y"
   */
  @IsString()
  @Characters(1, 64)
  productCode: string;
}

/** The cancellation of a subscription. */
export class CancelSubscription extends SubscriptionAction {
  /**
   * The reason for the cancellation.
   * @example "too_expensive"
   */
  @ApiProperty({ enum: CANCELLATION_REASONS, enumName: 'CancellationReason' })
  @IsIn(CANCELLATION_REASONS)
  reason: CancellationReason;
}

/** An extension of the current cycle, without charge. */
export class ExtendSubscription extends SubscriptionAction {
  /**
   * The number of 24-hour days to add to the end of the subscription: 1 to 3650.
   * @example 30
   */
  @IsInt()
  @Min(1)
  @Max(3650)
  days: number;
}

/** A stop of recurring billing. */
export class StopRenewal extends SubscriptionAction {
  /**
   * The reason to stop recurring billing.
   * @example "shopper_request"
   */
  @ApiProperty({ enum: STOP_REASONS, enumName: 'StopReason' })
  @IsIn(STOP_REASONS)
  reason: StopReason;
}

/** A price for the next renewals. */
export class SetRenewalPrice extends SubscriptionAction {
  /**
   * The price of one renewal for all units: a decimal string, zero or more.
   * @example "49.90"
   */
  @IsAmount()
  price: string;

  /**
   * The ISO 4217 code of the price's currency. It must be the subscription's currency.
   * @example "USD"
   */
  @IsCurrency()
  currency: string;

  /**
   * The number of renewals at this price: 1 to 120. Later renewals cost the subscription's regular price.
   * @example 3
   */
  @IsInt()
  @Min(1)
  @Max(120)
  billingCycles: number;
}

/** A new card for a subscription. */
export class ChangePaymentMethod extends PaymentMethod {
  /**
   * A note for the report, which shows it in the Comment column: at most 2000 characters.
   * @example "The old card was lost"
   */
  @Omittable()
  @IsString()
  @Characters(0, 2000)
  comment?: string;
}
