import { Entity, Index } from 'typeorm';
import { AccountRow } from '../access/accounts/account-row';
import { IdColumn, InstantColumn, IntegerColumn, JsonColumn, LongTextColumn, TextColumn } from '../database/columns';

/** `waiting` until a server took it over; `failed` when all tries were in vain. */
export const MAIL_STATUSES = ['waiting', 'sent', 'failed'] as const;
export type MailStatus = (typeof MAIL_STATUSES)[number];

/**
 * The outbox: a mail is a row, written in the transaction of what it tells about, and delivered after. Its id is also its
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

  /** The same as a page, for programs that show one; in an object, because drivers disagree on bare texts as JSON. */
  @JsonColumn({ name: 'html_body', nullable: true })
  html: { readonly page: string } | null;

  /** JSON list of `{ fileName, contentType, base64 }`. */
  @JsonColumn()
  attachments: readonly MailAttachment[];

  @TextColumn('word')
  status: MailStatus;

  @IntegerColumn()
  tries: number;

  /** When it may be tried next; a process that claims it moves it ahead, so that no other one claims it too. */
  @InstantColumn()
  nextTryAt: Date;

  /** The process that has it in its hands until then; null while none has. */
  @Index('outgoing_mails_by_claim')
  @IdColumn({ nullable: true })
  claimedBy: string | null;

  @InstantColumn()
  createdAt: Date;
}

/** A file in a mail. */
export interface MailAttachment {
  readonly fileName: string;
  readonly contentType: string;
  readonly base64: string;
}
