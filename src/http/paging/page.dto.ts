import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, IsString, Max, Min } from 'class-validator';
import { Fails } from '../problems/fails.decorator';
import { Omittable, Characters } from '../validation/dto-fields';

/** How much of a list is asked for, and from where on. */
@Fails('cursor_invalid', 'cursor_of_another_filter')
export class PageQuery {
  /**
   * Rows on a page, 1 to 1000.
   * @example 50
   */
  @ApiPropertyOptional({ default: 50 })
  @Omittable()
  @Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value,
  )
  @IsInt()
  @Min(1)
  @Max(1000)
  limit?: number;

  /** Where the next page begins: `nextCursor` of the answer before, unchanged, together with the same filter. */
  @Omittable()
  @IsString()
  @Characters(0, 1000)
  cursor?: string;
}

/** One page of a list. */
export interface Page<Row> {
  readonly data: Row[];
  /** Cursor of the next page; null on the last one. */
  readonly nextCursor: string | null;
}
