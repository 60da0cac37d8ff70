import { ApiProperty } from '@nestjs/swagger';

/** An email as a shopper would receive it. */
export class EmailPreview {
  /**
   * The subject of the email, with its placeholders replaced.
   * @example "Invoice 1 from Demo Merchant"
   */
  subject: string;

  /** The HTML of the email, with its placeholders replaced. */
  @ApiProperty({ example: '<p>Dear Sara Shopper,</p>' })
  html: string;

  /**
   * The plain text of the email, with its placeholders replaced.
   * @example "Dear Sara Shopper,"
   */
  text: string;
}

/** A test email that is queued for sending. */
export class QueuedTestEmail {
  /**
   * The id of the queued email: 26 characters. It is also the part of the email's Message-ID before the `@`.
   * @example "01J0000000000000000000MA11"
   */
  mailId: string;

  /**
   * The email address that the test email is sent to.
   * @example "editor@demo.example"
   */
  recipient: string;
}
