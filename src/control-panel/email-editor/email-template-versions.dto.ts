import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, IsString, Max, Min } from 'class-validator';
import { Fails } from '../../http/problems/fails.decorator';
import { Characters, Omittable } from '../../http/validation/dto-fields';

/** How much of a history is asked for, and from where on. */
@Fails('cursor_invalid', 'cursor_of_another_filter')
export class EmailTemplateVersionsQuery {
  /**
   * Versions on a page, 1 to 100: each is a whole mail.
   * @example 20
   */
  @ApiPropertyOptional({ default: 20 })
  @Omittable()
  @Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value,
  )
  @IsInt()
  @Min(1)
  @Max(100)
  limit?: number;

  /** Where the next page begins: `nextCursor` of the answer before, unchanged. */
  @Omittable()
  @IsString()
  @Characters(0, 1000)
  cursor?: string;
}
