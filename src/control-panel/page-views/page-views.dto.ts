import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsString, ValidateBy } from 'class-validator';
import { Characters, hasCharacters, IsInstant, Omittable, SingleLine, Trimmed } from '../../http/validation/dto-fields';

/** The bound is not the contract's: it is of what is left when the query is dropped, and may be sent with more. */
function NamesPage(): PropertyDecorator {
  const validate = (value: unknown) => typeof value === 'string' && hasCharacters(value, 1, 200);
  const defaultMessage = () => '$property must have 1 to 200 characters before its query';
  return ValidateBy({ name: 'isLength', validator: { validate, defaultMessage } });
}

/** A page that the frontend showed. */
export class PageView {
  /**
   * Its name or address, 1 to 200 characters. Of an address the query and the fragment are dropped, and a user and password
   * before the host.
   * @example "/orders/2000001"
   */
  @IsString()
  @NamesPage()
  @SingleLine()
  page: string;

  /**
   * Its title, up to 200 characters; becomes the record's Comment.
   * @example "Order 2000001"
   */
  @Omittable()
  @Trimmed()
  @IsString()
  @Characters(0, 200)
  @SingleLine()
  title?: string;

  /** When it was shown, RFC 3339 with an offset: not later than now, and within the last 24 hours. Now by default. */
  @Omittable()
  @IsInstant()
  viewedAt?: string;
}

/** Several pages that the frontend showed. */
export class PageViewBatch {
  /** The views, 1 to 100. One that is not valid refuses them all. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ApiProperty({ type: [PageView] })
  views: PageView[];
}
