import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsInt, IsString, Max, Min } from 'class-validator';
import { Characters, IsAmount, IsCurrency, Omittable } from '../../http/validation/dto-fields';
import { PaymentMethod } from '../payments/payment-method.dto';

/** Why a subscription is canceled. */
export const CANCELLATION_REASONS = [
  'shopper_request',
  'too_expensive',
  'not_used',
  'switched_product',
  'technical_problems',
  'duplicate',
  'fraud',
  'other',
] as const;
export type CancellationReason = (typeof CANCELLATION_REASONS)[number];

/** Why recurring billing is stopped. */
export const STOP_REASONS = [
  'shopper_request',
  'too_expensive',
  'not_used',
  'pays_otherwise',
  'card_expired',
  'other',
] as const;
export type StopReason = (typeof STOP_REASONS)[number];

/** Something done to a subscription, and why. */
export class SubscriptionAction {
  /**
   * Why; becomes the record's Comment. At most 2000 characters.
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
   * Code of the product: one that the catalog lists as an upgrade of the current one.
   * @example "ANTIVIRUS-PRO-1Y"
   */
  @IsString()
  @Characters(1, 64)
  productCode: string;
}

/** A cancellation. */
export class CancelSubscription extends SubscriptionAction {
  /**
   * Why, from a fixed list.
   * @example "too_expensive"
   */
  @ApiProperty({ enum: CANCELLATION_REASONS, enumName: 'CancellationReason' })
  @IsIn(CANCELLATION_REASONS)
  reason: CancellationReason;
}

/** A longer life without charge. */
export class ExtendSubscription extends SubscriptionAction {
  /**
   * Days of 24 hours by which it ends later, 1 to 3650.
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
   * Why, from a fixed list.
   * @example "shopper_request"
   */
  @ApiProperty({ enum: STOP_REASONS, enumName: 'StopReason' })
  @IsIn(STOP_REASONS)
  reason: StopReason;
}

/** A price for the next renewals. */
export class SetRenewalPrice extends SubscriptionAction {
  /**
   * What a cycle is to cost, for all pieces; may be 0.
   * @example "49.90"
   */
  @IsAmount()
  price: string;

  /**
   * Currency of the price: the subscription's own.
   * @example "USD"
   */
  @IsCurrency()
  currency: string;

  /**
   * For how many renewals, 1 to 120; then the list price holds again.
   * @example 3
   */
  @IsInt()
  @Min(1)
  @Max(120)
  billingCycles: number;
}

/** Another card. */
export class ChangePaymentMethod extends PaymentMethod {
  /**
   * Why; becomes the record's Comment. At most 2000 characters.
   * @example "The old card was lost"
   */
  @Omittable()
  @IsString()
  @Characters(0, 2000)
  comment?: string;
}
