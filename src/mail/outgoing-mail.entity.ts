import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Account } from '../access/accounts/account.entity';

/** `waiting` until a server took it over; `failed` when all tries were in vain. */
export const MAIL_STATUSES = ['waiting', 'sent', 'failed'] as const;
export type MailStatus = (typeof MAIL_STATUSES)[number];

/** The outbox: a mail is a row, written in the transaction of what it tells about, and delivered after. */
@Entity('outgoing_mails')
@Index('outgoing_mails_due', ['status', 'nextTryAt'])
@Index('outgoing_mails_by_time', ['status', 'createdAt'])
export class OutgoingMail {
  /** Also its Message-ID, by which a mail that was sent twice can be recognised. */
  @PrimaryColumn({ name: 'id', type: 'varchar', length: 26 })
  id: string;

  @ForeignKey(() => Account, { onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @Column({ name: 'account_id', type: 'varchar', length: 26 })
  accountId: string;

  @Column({ name: 'recipient', type: 'varchar', length: 254 })
  recipient: string;

  @Column({ name: 'subject', type: 'varchar', length: 500 })
  subject: string;

  @Column({ name: 'text_body', type: 'text' })
  text: string;

  /** The same as a page, for programs that show one; in an object, because drivers disagree on bare texts as JSON. */
  @Column({ name: 'html_body', type: 'json', nullable: true })
  html: { readonly page: string } | null;

  /** JSON list of `{ fileName, contentType, base64 }`. */
  @Column({ name: 'attachments', type: 'json' })
  attachments: readonly MailAttachment[];

  @Column({ name: 'status', type: 'varchar', length: 16 })
  status: MailStatus;

  @Column({ name: 'tries', type: 'int' })
  tries: number;

  /** When it may be tried next; a process that claims it moves it ahead, so that no other one claims it too. */
  @Column({ name: 'next_try_at', type: 'datetime' })
  nextTryAt: Date;

  /** The process that has it in its hands until then; null while none has. */
  @Index('outgoing_mails_by_claim')
  @Column({ name: 'claimed_by', type: 'varchar', length: 26, nullable: true })
  claimedBy: string | null;

  @Column({ name: 'created_at', type: 'datetime' })
  createdAt: Date;
}

/** A file in a mail. */
export interface MailAttachment {
  readonly fileName: string;
  readonly contentType: string;
  readonly base64: string;
}
