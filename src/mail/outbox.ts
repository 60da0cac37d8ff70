import { Injectable } from '@nestjs/common';
import { IdSource } from '../lib/time-ordered-id';
import { Clock } from '../lib/time/clock';
import type { OutgoingMail } from './outgoing-mail.entity';
import { OutgoingMailsRepository } from './outgoing-mails.repository';

/** A mail to be sent: plain text, and optionally HTML. */
export type Mail = Pick<OutgoingMail, 'accountId' | 'recipient' | 'subject' | 'text' | 'attachments'> & {
  readonly html?: string;
};

/** Queues mails for delivery. */
@Injectable()
export class Outbox {
  constructor(
    private readonly mails: OutgoingMailsRepository,
    private readonly clock: Clock,
    private readonly ids: IdSource,
  ) {}

  /**
   * Queues a mail in the current transaction, so that it is sent only if the transaction commits. Returns the id of the
   * mail.
   */
  async queue({ html, ...mail }: Mail): Promise<string> {
    const now = this.clock.now();
    const id = this.ids.next(now);
    const content = { ...mail, html: html === undefined ? null : { page: html } };
    await this.mails.insert({
      ...content,
      id,
      status: 'waiting',
      tries: 0,
      nextTryAt: now,
      claimedBy: null,
      createdAt: now,
    });
    return id;
  }
}
