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
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { Characters, IsAmount, IsId, Omittable } from '../../http/validation/dto-fields';

/** Why money goes back. */
export const REFUND_REASONS = [
  'customer_request',
  'duplicate_order',
  'not_delivered',
  'not_as_described',
  'technical_issue',
  'fraud',
  'other',
] as const;
export type RefundReason = (typeof REFUND_REASONS)[number];

/** Unlike IsOptional it refuses null: what is meant by an amount of nothing must not be guessed. */
const IfGiven = () => ValidateIf((_, value: unknown) => value !== undefined);

/** Pieces of one line of an order. */
export class RefundedLine {
  /**
   * Position of the line in the order, from 1 on.
   * @example 1
   */
  @IsInt()
  @Min(1)
  @Max(1000)
  position: number;

  /**
   * How many of its pieces.
   * @example 1
   */
  @IsInt()
  @Min(1)
  @Max(1000)
  quantity: number;
}

/** A refund to be requested: of an `amount`, or of `lines`; of everything that is left where neither is given. */
export class RequestRefund {
  /**
   * How much to take back, in the order's currency; fees are kept back from it.
   * @example "19.90"
   */
  @IfGiven()
  @IsAmount()
  amount?: string;

  /** Which pieces of which lines to take back, at their price; each line once. */
  @IfGiven()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ArrayUnique((line: RefundedLine | null) => line?.position)
  @ValidateNested({ each: true })
  @Type(() => RefundedLine)
  lines?: RefundedLine[];

  /**
   * Why money goes back.
   * @example "customer_request"
   */
  @ApiProperty({ enum: REFUND_REASONS, enumName: 'RefundReason' })
  @IsIn(REFUND_REASONS)
  reason: RefundReason;

  /**
   * What was agreed; becomes the record's Comment. At most 2000 characters.
   * @example "Customer request"
   */
  @Omittable()
  @IsString()
  @Characters(0, 2000)
  comment?: string;
}

/** A requested refund to be canceled. */
export class CancelRefund {
  /**
   * Which one; needed only where the order has several that are still requested.
   * @example "01J000000000000000000REF01"
   */
  @IfGiven()
  @IsId()
  refundId?: string;

  /**
   * Why; becomes the record's Comment. At most 2000 characters.
   * @example "Customer keeps the product"
   */
  @Omittable()
  @IsString()
  @Characters(0, 2000)
  comment?: string;
}
