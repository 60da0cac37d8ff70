import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsString, ValidateBy } from 'class-validator';
import { Characters, hasCharacters, IsInstant, Omittable, SingleLine, Trimmed } from '../../http/validation/dto-fields';

/**
 * Checks the length of a page's name or address without its query. The contract cannot state this bound, because a
 * longer text is valid if only its query makes it longer.
 */
function IsPageName(): PropertyDecorator {
  const validate = (value: unknown) => typeof value === 'string' && hasCharacters(value, 1, 200);
  const defaultMessage = () => '$property must have 1 to 200 characters before its query';
  return ValidateBy({ name: 'isLength', validator: { validate, defaultMessage } });
}

/** A page that a frontend showed. */
export class PageView {
  /**
   * The name or address of the page: 1 to 200 characters on a single line. For an address, the service removes the
   * query, the fragment, and the user name and password before it counts the characters.
   * @example "/orders/2000001"
   */
  @IsString()
  @IsPageName()
  @SingleLine()
  page: string;

  /**
   * The title of the page: at most 200 characters on a single line. The report shows it in the Comment column.
   * @example "Order 2000001"
   */
  @Omittable()
  @Trimmed()
  @IsString()
  @Characters(0, 200)
  @SingleLine()
  title?: string;

  /**
   * When the page was shown: an RFC 3339 date-time with an offset, at most 5 minutes in the future and at most 24
   * hours ago. The default is now.
   * @example "2026-01-15T09:30:00+02:00"
   */
  @Omittable()
  @IsInstant()
  viewedAt?: string;
}

/** Several pages that a frontend showed. */
export class PageViewBatch {
  /** The page views: 1 to 100. If one of them is invalid, none is recorded. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ApiProperty({ type: [PageView] })
  views: PageView[];
}
