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
import type { Page } from '../../http/paging/page.dto';
import { Characters, IsAmount, IsId, Omittable } from '../../http/validation/dto-fields';
import { REFUND_STATUSES, type RefundStatus } from '../sales/refund.entity';

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

/** A refund: money that goes back to the shopper of an order. */
export class RefundView {
  /**
   * The refund's id.
   * @example "01J000000000000000000REF01"
   */
  id: string;

  /**
   * Reference of its order.
   * @example "2000001"
   */
  orderReference: string;

  /**
   * `requested` until it is processed; until then it may be `canceled`.
   * @example "requested"
   */
  @ApiProperty({ enum: REFUND_STATUSES, enumName: 'RefundStatus' })
  status: RefundStatus;

  /**
   * What it takes back of the order, fee included.
   * @example "59.90"
   */
  requestedAmount: string;

  /**
   * What is kept back of that.
   * @example "5"
   */
  fee: string;

  /**
   * What goes back to the shopper: the requested amount less the fee.
   * @example "54.90"
   */
  amount: string;

  /**
   * Currency of its amounts, ISO 4217.
   * @example "USD"
   */
  currency: string;

  /** The pieces that it takes back; empty for a refund by amount. */
  lines: RefundedLine[];

  /**
   * Why money goes back.
   * @example "customer_request"
   */
  @ApiProperty({ enum: REFUND_REASONS, enumName: 'RefundReason' })
  reason: RefundReason;

  /**
   * What was noted when it was requested.
   * @example "Customer request"
   */
  @ApiProperty({ type: String, nullable: true })
  comment: string | null;

  /**
   * When it was requested, RFC 3339 in the account's zone.
   * @example "2026-01-15T09:30:00.000+02:00"
   */
  requestedAt: string;

  /**
   * From when on it is processed; until it is, it may be canceled. RFC 3339 in the account's zone.
   * @example "2026-01-15T10:00:00.000+02:00"
   */
  processAt: string;
}

/** One page of an order's refunds. */
export class RefundPage implements Page<RefundView> {
  /** The refunds, newest first. */
  data: RefundView[];

  /** Cursor of the next page; null on the last one. */
  @ApiProperty({ type: String, nullable: true, example: null })
  nextCursor: string | null;
}
