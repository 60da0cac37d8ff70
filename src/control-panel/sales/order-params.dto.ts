import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Matches } from 'class-validator';

const REFERENCE = /^\d{7,10}$/;

/** Requires the reference of an order. */
export function IsOrderReference(): PropertyDecorator {
  return applyDecorators(
    Matches(REFERENCE, { message: '$property must be 7 to 10 digits' }),
    ApiProperty({ pattern: REFERENCE.source }),
  );
}

/** The path parameters of an order. */
export class OrderParams {
  /**
   * The order's reference: 7 to 10 digits.
   * @example "2000001"
   */
  @IsOrderReference()
  reference: string;
}
