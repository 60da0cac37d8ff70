import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Account } from '../access/accounts/account.entity';

/** `waiting` until a server has accepted the mail; `failed` when the last attempt has failed. */
export const MAIL_STATUSES = ['waiting', 'sent', 'failed'] as const;
export type MailStatus = (typeof MAIL_STATUSES)[number];

/** A mail in the outbox, inserted in the transaction that it reports on, and delivered afterwards. */
@Entity('outgoing_mails')
@Index('outgoing_mails_due', ['status', 'nextTryAt'])
@Index('outgoing_mails_by_time', ['status', 'createdAt'])
export class OutgoingMail {
  /** Also part of its Message-ID, by which a mail that was sent twice can be recognized. */
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

  /**
   * The mail as HTML. It is wrapped in an object, because database drivers treat a plain string in a JSON column
   * differently.
   */
  @Column({ name: 'html_body', type: 'json', nullable: true })
  html: { readonly page: string } | null;

  /** JSON list of `{ fileName, contentType, base64 }`. */
  @Column({ name: 'attachments', type: 'json' })
  attachments: readonly MailAttachment[];

  @Column({ name: 'status', type: 'varchar', length: 16 })
  status: MailStatus;

  @Column({ name: 'tries', type: 'int' })
  tries: number;

  /**
   * Time of the next attempt. The process that claims the mail moves it to the end of its lease, so that no other
   * process claims it.
   */
  @Column({ name: 'next_try_at', type: 'datetime' })
  nextTryAt: Date;

  /** Id of the process that has claimed the mail until then, or null. */
  @Index('outgoing_mails_by_claim')
  @Column({ name: 'claimed_by', type: 'varchar', length: 26, nullable: true })
  claimedBy: string | null;

  @Column({ name: 'created_at', type: 'datetime' })
  createdAt: Date;
}

/** A file attached to a mail. */
export interface MailAttachment {
  readonly fileName: string;
  readonly contentType: string;
  readonly base64: string;
}
