import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsString, Max, Min } from 'class-validator';
import { Fails } from '../problems/fails.decorator';
import { Characters, Omittable, ToInteger } from '../validation/dto-fields';

/** The page of a list to return. */
@Fails('cursor_invalid', 'cursor_of_another_filter')
export class PageQuery {
  /**
   * The maximum number of items on a page: 1 to 1000, 50 by default.
   * @example 50
   */
  @ApiPropertyOptional({ default: 50 })
  @Omittable()
  @ToInteger()
  @IsInt()
  @Min(1)
  @Max(1000)
  limit?: number;

  /**
   * The cursor of the page: `nextCursor` of the previous response, unchanged, at most 1000 characters. Send it together
   * with the same filter. If you leave it out, the response is the first page.
   * @example "WyIwMUtBTTlXM004UTZYSzJUMU45QjdDNUQ0RSJd"
   */
  @Omittable()
  @IsString()
  @Characters(0, 1000)
  cursor?: string;
}

/** A page of a list. */
export interface Page<Row> {
  readonly data: Row[];
  /** The cursor of the next page; null on the last page. */
  readonly nextCursor: string | null;
}
