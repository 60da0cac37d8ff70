import { ApiProperty } from '@nestjs/swagger';

/** A mail as shoppers would get it. */
export class EmailPreview {
  /**
   * Its subject.
   * @example "Invoice 1 from Demo Merchant"
   */
  subject: string;

  /** The mail as a page. */
  @ApiProperty({ example: '<p>Dear Sara Shopper,</p>' })
  html: string;

  /**
   * The mail as a text.
   * @example "Dear Sara Shopper,"
   */
  text: string;
}

/** A test mail that is on its way. */
export class QueuedTestEmail {
  /**
   * Id of the mail, which its Message-ID begins with.
   * @example "01J0000000000000000000MA11"
   */
  mailId: string;

  /**
   * E-mail address that it goes to.
   * @example "editor@demo.example"
   */
  recipient: string;
}
