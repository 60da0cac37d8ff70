import { ApiProperty } from '@nestjs/swagger';
import { placeholdersOf } from '../shopper-mails/email-placeholders';
import { EMAIL_KINDS, type EmailKind } from '../shopper-mails/email-template.entity';

/** A placeholder, which each email replaces with a value. */
export class EmailPlaceholderView {
  /**
   * The placeholder's name, which templates write between `{{` and `}}`.
   * @example "shopperName"
   */
  name: string;

  /** What the value is. */
  @ApiProperty({ example: "The shopper's name." })
  description: string;

  /**
   * The value in previews and test emails without an order.
   * @example "Sara Shopper"
   */
  sample: string;

  /**
   * The maximum length of the value in characters. A longer value is cut off.
   * @example 200
   */
  maxLength: number;
}

/** A kind of email that shoppers receive. */
export class EmailKindView {
  /**
   * The code of the kind of email. It never changes.
   * @example "invoice"
   */
  @ApiProperty({ enum: EMAIL_KINDS, enumName: 'EmailKind' })
  kind: EmailKind;

  /** The placeholders that templates of this kind can contain. */
  placeholders: EmailPlaceholderView[];
}

/** All kinds of email that have templates. */
export class EmailKindCatalogue {
  /** The kinds of email, with their placeholders. */
  data: EmailKindView[];
}

export function emailKindView(kind: EmailKind): EmailKindView {
  return { kind, placeholders: [...placeholdersOf(kind)] };
}
