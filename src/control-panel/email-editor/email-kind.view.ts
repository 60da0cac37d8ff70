import { ApiProperty } from '@nestjs/swagger';
import { placeholdersOf } from '../shopper-mails/email-placeholders';
import { EMAIL_KINDS, type EmailKind } from '../shopper-mails/email-template.entity';

/** What a template may have a mail's own words for. */
export class EmailPlaceholderView {
  /**
   * What a template calls it, between `{{` and `}}`.
   * @example "shopperName"
   */
  name: string;

  /**
   * What it stands for.
   * @example "The shopper's name."
   */
  description: string;

  /**
   * What previews and test mails show without an order.
   * @example "Sara Shopper"
   */
  sample: string;

  /**
   * Characters of its longest value; a longer one is cut.
   * @example 200
   */
  maxLength: number;
}

/** A mail that shoppers get. */
export class EmailKindView {
  /**
   * Stable code.
   * @example "invoice"
   */
  @ApiProperty({ enum: EMAIL_KINDS, enumName: 'EmailKind' })
  kind: EmailKind;

  /** The placeholders that its templates may have. */
  placeholders: EmailPlaceholderView[];
}

/** Every kind of mail that has templates. */
export class EmailKindCatalogue {
  /** The kinds. */
  data: EmailKindView[];
}

export function emailKindView(kind: EmailKind): EmailKindView {
  return { kind, placeholders: [...placeholdersOf(kind)] };
}
