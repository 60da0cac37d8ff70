import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Config } from '../config/config';
import { ScheduledJob } from '../jobs/scheduled-job';
import { IdSource } from '../lib/time-ordered-id';
import { Clock } from '../lib/time/clock';
import { MailTransport } from './mail-transport';
import type { OutgoingMail } from './outgoing-mail.entity';
import { OutgoingMailsRepository, type Claim } from './outgoing-mails.repository';
import { SMTP_CONNECTIONS } from './smtp-transport';

const MINUTE = 60_000;
/** How long a process has to send what it has claimed; longer than a server may take to answer. */
const LEASE = 10 * MINUTE;
/** With these waits a mail is tried for 20 hours: 1, 2, 4 … 256 minutes, then six hours. */
const MAX_TRIES = 12;
const MAX_WAIT = 6 * 60 * MINUTE;

/** How a round of deliveries went. */
export interface Deliveries {
  sent: number;
  failed: number;
}

/**
 * Delivers the outbox. A mail is sent between two short transactions: one that claims it, which is committed before anything
 * is sent, and one that marks it as sent. A process that dies between them leaves the mail to another one, so it may go out
 * twice, but never not at all. A process that lives, but whose database is away meanwhile, marks the mail later.
 */
@Injectable()
export class OutboxJob extends ScheduledJob {
  /** Tells the claims of this process from those of others. */
  private readonly owner: string;
  /** False after an error in the middle of a claim, or of what follows it. */
  private knowsOwnClaims = true;
  /** Mails that have gone out, which the database does not know yet. */
  private readonly unmarkedMails = new Map<string, OutgoingMail>();

  constructor(
    private readonly mails: OutgoingMailsRepository,
    private readonly transport: MailTransport,
    private readonly clock: Clock,
    ids: IdSource,
    config: Config,
  ) {
    super(config);
    this.owner = ids.next(clock.now());
  }

  @Interval(5000)
  tick(): Promise<void> {
    return this.start(() => this.deliverDue());
  }

  /** Delivers all mails that are due now. */
  async deliverDue(): Promise<Deliveries> {
    const deliveries = { sent: 0, failed: 0 };
    for (let mayBeMore = true; mayBeMore && !this.isStopping;) {
      for (const mail of this.unmarkedMails.values()) await this.markSent(mail);
      const claim = await this.claim();
      const outcomes = await Promise.allSettled(claim.mails.map((mail) => this.deliver(mail)));
      ({ mayBeMore } = claim);
      for (const outcome of outcomes) {
        deliveries[outcome.status === 'fulfilled' && outcome.value ? 'sent' : 'failed']++;
        if (outcome.status === 'fulfilled') continue;
        this.logger.error(outcome.reason);
        this.knowsOwnClaims = mayBeMore = false;
      }
    }
    return deliveries;
  }

  /** Claims the next mails: first what this process may have claimed while its database went away. */
  private async claim(): Promise<Claim> {
    const now = this.clock.now();
    const claimer = { owner: this.owner, leaseEnd: addMilliseconds(now, LEASE) };
    if (!this.knowsOwnClaims) {
      const again = await this.mails.reclaim(claimer, SMTP_CONNECTIONS);
      if (again.mails.length > 0) return { ...again, mayBeMore: true };
      this.knowsOwnClaims = true;
    }
    try {
      return await this.mails.claimDue(now, claimer, SMTP_CONNECTIONS);
    } catch (error) {
      this.knowsOwnClaims = false;
      throw error;
    }
  }

  /** Whether the mail has gone out. */
  private async deliver(mail: OutgoingMail): Promise<boolean> {
    try {
      await this.transport.send(mail);
    } catch (error) {
      await this.postpone(mail, error);
      return false;
    }
    this.unmarkedMails.set(mail.id, mail);
    await this.markSent(mail);
    return true;
  }

  private async markSent(mail: OutgoingMail): Promise<void> {
    await this.mails.updateSent(mail);
    this.unmarkedMails.delete(mail.id);
  }

  private async postpone(mail: OutgoingMail, error: unknown): Promise<void> {
    const isLast = mail.tries >= MAX_TRIES;
    const wait = Math.min(MINUTE * 2 ** (mail.tries - 1), MAX_WAIT);
    const why = error instanceof Error ? error.message : String(error);
    const what = `Mail ${mail.id} could not be sent, try ${mail.tries} of ${MAX_TRIES}: ${why}`;
    if (isLast) this.logger.error(`${what}. It is given up.`);
    else this.logger.warn(what);
    await this.mails.updateNextTry(mail, addMilliseconds(this.clock.now(), wait), isLast ? 'failed' : 'waiting');
  }
}

function addMilliseconds(moment: Date, milliseconds: number): Date {
  return new Date(moment.getTime() + milliseconds);
}
