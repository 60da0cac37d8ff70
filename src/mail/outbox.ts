import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock';
import { IdSource } from '../common/time-ordered-id';
import type { OutgoingMail } from './outgoing-mail.entity';
import { OutgoingMailsRepository } from './outgoing-mails.repository';

/** A mail that is to go out. */
export type Mail = Pick<OutgoingMail, 'accountId' | 'recipient' | 'subject' | 'text' | 'attachments'>;

/** Where features put their mails. */
@Injectable()
export class Outbox {
  constructor(
    private readonly mails: OutgoingMailsRepository,
    private readonly clock: Clock,
    private readonly ids: IdSource,
  ) {}

  /** Queues a mail in the open unit of work: it goes out if that commits, and not at all if it doesn't. Answers its id. */
  async queue(mail: Mail): Promise<string> {
    const now = this.clock.now();
    const id = this.ids.next(now);
    await this.mails.insert({ ...mail, id, status: 'waiting', tries: 0, nextTryAt: now, createdAt: now });
    return id;
  }
}
