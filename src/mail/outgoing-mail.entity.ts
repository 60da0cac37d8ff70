import { Entity, Index } from 'typeorm';
import { AccountRow } from '../access/accounts/account-row';
import { IdColumn, InstantColumn, IntegerColumn, JsonColumn, LongTextColumn, TextColumn } from '../database/columns';

/** `waiting` until a server has accepted the mail; `failed` when the last attempt has failed. */
export const MAIL_STATUSES = ['waiting', 'sent', 'failed'] as const;
export type MailStatus = (typeof MAIL_STATUSES)[number];

/**
 * A mail in the outbox, inserted in the transaction that it reports on, and delivered afterwards. Its id is also part of its
 * Message-ID, by which a mail that was sent twice can be recognised.
 */
@Entity('outgoing_mails')
@Index('outgoing_mails_due', ['status', 'nextTryAt'])
@Index('outgoing_mails_by_time', ['status', 'createdAt'])
export class OutgoingMail extends AccountRow {
  @TextColumn('email')
  recipient: string;

  @TextColumn('subject')
  subject: string;

  @LongTextColumn({ name: 'text_body' })
  text: string;

  /** The mail as HTML, wrapped in an object because database drivers treat a plain string in a JSON column differently. */
  @JsonColumn({ name: 'html_body', nullable: true })
  html: { readonly page: string } | null;

  /** JSON list of `{ fileName, contentType, base64 }`. */
  @JsonColumn()
  attachments: readonly MailAttachment[];

  @TextColumn('word')
  status: MailStatus;

  @IntegerColumn()
  tries: number;

  /** Time of the next attempt. The process that claims the mail moves it to the end of its lease, so that no other claims it. */
  @InstantColumn()
  nextTryAt: Date;

  /** Id of the process that has claimed the mail until then, or null. */
  @Index('outgoing_mails_by_claim')
  @IdColumn({ nullable: true })
  claimedBy: string | null;

  @InstantColumn()
  createdAt: Date;
}

/** A file attached to a mail. */
export interface MailAttachment {
  readonly fileName: string;
  readonly contentType: string;
  readonly base64: string;
}
