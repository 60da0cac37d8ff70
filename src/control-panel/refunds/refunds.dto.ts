import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsString,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { Characters, IsAmount, IsId, Omittable } from '../../http/validation/dto-fields';

/** The reasons for a refund. */
export const REFUND_REASONS = [
  'shopper_request',
  'duplicate_order',
  'not_delivered',
  'not_as_described',
  'technical_problem',
  'fraud',
  'other',
] as const;
export type RefundReason = (typeof REFUND_REASONS)[number];

/** A line of an order, with the number of its units to refund. */
export class RefundedLine {
  /**
   * The position of the line in the order, starting at 1.
   * @example 1
   */
  @IsInt()
  @Min(1)
  @Max(1000)
  position: number;

  /**
   * The number of units: 1 to 1000, and at most the number that is not refunded yet.
   * @example 1
   */
  @IsInt()
  @Min(1)
  @Max(1000)
  quantity: number;
}

/**
 * A new refund. Set either `amount` or `lines`. If you set neither, the refund covers everything that is left of the
 * order.
 */
export class RequestRefund {
  /**
   * The amount to refund before fees, in the order's currency: a decimal string, more than 0 and at most what is left
   * of the order.
   * @example "19.90"
   */
  @Omittable()
  @IsAmount()
  amount?: string;

  /**
   * The lines to refund, 1 to 100, each once, with the number of units of each. The units are refunded at their price
   * in the order.
   */
  @Omittable()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ArrayUnique((line: RefundedLine | null) => line?.position, { message: '$property must not name a position twice' })
  @ValidateNested({ each: true })
  @Type(() => RefundedLine)
  lines?: RefundedLine[];

  /**
   * The reason for the refund.
   * @example "shopper_request"
   */
  @ApiProperty({ enum: REFUND_REASONS, enumName: 'RefundReason' })
  @IsIn(REFUND_REASONS)
  reason: RefundReason;

  /**
   * A note for the report, which shows it in the Comment column: at most 2000 characters.
   * @example "Customer request"
   */
  @Omittable()
  @IsString()
  @Characters(0, 2000)
  comment?: string;
}

/** The cancellation of a requested refund. */
export class CancelRefund {
  /**
   * The id of the refund to cancel: 26 characters. It is required if the order has several refunds with the status
   * `requested`.
   * @example "01J000000000000000000REF01"
   */
  @Omittable()
  @IsId()
  refundId?: string;

  /**
   * A note for the report, which shows it in the Comment column: at most 2000 characters.
   * @example "Customer keeps the product"
   */
  @Omittable()
  @IsString()
  @Characters(0, 2000)
  comment?: string;
}
