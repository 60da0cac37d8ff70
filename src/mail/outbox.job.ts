import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Clock } from '../common/clock';
import { ScheduledJob } from '../common/scheduled-job';
import { Config } from '../config/config';
import { MailTransport } from './mail-transport';
import type { OutgoingMail } from './outgoing-mail.entity';
import { OutgoingMailsRepository } from './outgoing-mails.repository';
import { CONNECTIONS } from './smtp-transport';

const MINUTE = 60_000;
/** How long a process has to send what it took over; longer than a server may take to answer. */
const LEASE = 10 * MINUTE;
/** With these waits a mail is tried for 20 hours: 1, 2, 4 … 256 minutes, then six hours. */
const MAX_TRIES = 12;
const LONGEST_WAIT = 6 * 60 * MINUTE;

/** How a round of deliveries went. */
export interface Deliveries {
  sent: number;
  failed: number;
}

/**
 * Delivers the outbox. A mail is sent between two short transactions, one that takes it over and one that marks it as
 * sent: whoever dies between them leaves it to the next one, so it may go out twice, and never not at all.
 */
@Injectable()
export class OutboxJob extends ScheduledJob {
  constructor(
    private readonly mails: OutgoingMailsRepository,
    private readonly transport: MailTransport,
    private readonly clock: Clock,
    config: Config,
  ) {
    super(config);
  }

  @Interval(5000)
  tick(): Promise<void> {
    return this.start(() => this.deliverDue());
  }

  /** Delivers all mails that are due now. */
  async deliverDue(): Promise<Deliveries> {
    const deliveries = { sent: 0, failed: 0 };
    for (let mayBeMore = true; mayBeMore && !this.isStopping;) {
      const now = this.clock.now();
      const claim = await this.mails.claimDue(now, after(now, LEASE), CONNECTIONS);
      const outcomes = await Promise.allSettled(claim.mails.map((mail) => this.deliver(mail)));
      for (const outcome of outcomes) {
        // It could not be marked; the next one to take it over will know.
        if (outcome.status === 'rejected') this.logger.error(outcome.reason);
        deliveries[outcome.status === 'fulfilled' && outcome.value ? 'sent' : 'failed']++;
      }
      ({ mayBeMore } = claim);
    }
    return deliveries;
  }

  /** Whether the mail has gone out. */
  private async deliver(mail: OutgoingMail): Promise<boolean> {
    try {
      await this.transport.send(mail);
    } catch (error) {
      await this.postpone(mail, error);
      return false;
    }
    await this.mails.markSent(mail);
    return true;
  }

  private async postpone(mail: OutgoingMail, error: unknown): Promise<void> {
    const isLast = mail.tries >= MAX_TRIES;
    const wait = Math.min(MINUTE * 2 ** (mail.tries - 1), LONGEST_WAIT);
    const why = error instanceof Error ? error.message : String(error);
    const what = `Mail ${mail.id} could not be sent, try ${mail.tries} of ${MAX_TRIES}: ${why}`;
    if (isLast) this.logger.error(`${what}. It is given up.`);
    else this.logger.warn(what);
    await this.mails.postpone(mail, after(this.clock.now(), wait), isLast ? 'failed' : 'waiting');
  }
}

function after(moment: Date, milliseconds: number): Date {
  return new Date(moment.getTime() + milliseconds);
}
