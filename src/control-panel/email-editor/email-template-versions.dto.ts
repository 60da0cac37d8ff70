import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsString, Max, Min } from 'class-validator';
import { Fails } from '../../http/problems/fails.decorator';
import { Characters, Omittable, ToInteger } from '../../http/validation/dto-fields';

/** The page of a template's versions to return. */
@Fails('cursor_invalid', 'cursor_of_another_filter')
export class EmailTemplateVersionsQuery {
  /**
   * The maximum number of versions on a page: 1 to 100, 20 by default. Each version includes its full content.
   * @example 20
   */
  @ApiPropertyOptional({ default: 20 })
  @Omittable()
  @ToInteger()
  @IsInt()
  @Min(1)
  @Max(100)
  limit?: number;

  /**
   * The cursor of the page: `nextCursor` of the previous response, unchanged, at most 1000 characters. If you leave it
   * out, the response is the first page.
   * @example "WyIwMUtBTTlXM004UTZYSzJUMU45QjdDNUQ0RSJd"
   */
  @Omittable()
  @IsString()
  @Characters(0, 1000)
  cursor?: string;
}
