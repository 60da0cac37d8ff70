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
/** Milliseconds that a process has to send the mails that it claimed; more than the SMTP timeouts. */
const LEASE = 10 * MINUTE;
/** Attempts before a mail fails. With waits of 1, 2, 4 … 256 minutes, then six hours, they take 20 hours. */
const MAX_TRIES = 12;
const MAX_WAIT = 6 * 60 * MINUTE;

/** The result of a run: how many mails were sent, and how many attempts failed. */
export interface Deliveries {
  sent: number;
  failed: number;
}

/**
 * Delivers the mails of the outbox. A mail is sent between two short transactions: the first claims it, the second
 * marks it as sent. If the process dies in between, another one sends the mail, so it may go out twice but is never
 * lost. If only the database is down in between, the process marks the mail later.
 */
@Injectable()
export class OutboxJob extends ScheduledJob {
  /** Id of this process, which distinguishes its claims from those of others. */
  private readonly owner: string;
  /** False after an error that may have left this process with claimed mails that it does not know of. */
  private knowsOwnClaims = true;
  /** Mails that were sent but are not yet marked as sent in the database. */
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

  /** Sends all mails that are due now. */
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

  /** Claims the next mails, first those that this process may have claimed just before its connection broke. */
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

  /** Sends a mail, and returns whether that succeeded. */
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
    const what = `Mail ${mail.id} could not be sent, attempt ${mail.tries} of ${MAX_TRIES}: ${why}`;
    if (isLast) this.logger.error(`${what}. It is given up.`);
    else this.logger.warn(what);
    await this.mails.updateNextTry(mail, addMilliseconds(this.clock.now(), wait), isLast ? 'failed' : 'waiting');
  }
}

function addMilliseconds(moment: Date, milliseconds: number): Date {
  return new Date(moment.getTime() + milliseconds);
}
