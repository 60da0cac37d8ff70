import { Injectable } from '@nestjs/common';
import { In, LessThanOrEqual, type FindOptionsWhere } from 'typeorm';
import { UnitOfWork } from '../database/unit-of-work';
import { redactText } from '../lib/secrets/redact';
import { OutgoingMail, type MailStatus } from './outgoing-mail.entity';

/** Who claims mails, and until when nobody else does. */
export interface Claimer {
  /** Id of the process. */
  readonly owner: string;
  readonly leaseEnd: Date;
}

/** What one look for due mails found. */
export interface Claim {
  /** Those that nobody else claims until the lease ends. */
  readonly mails: readonly OutgoingMail[];
  /** Whether there may be more. */
  readonly mayBeMore: boolean;
}

/** Mails that wait, were sent or failed. */
@Injectable()
export class OutgoingMailsRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async insert(mail: OutgoingMail): Promise<void> {
    await this.unitOfWork.run(() => this.unitOfWork.manager.insert(OutgoingMail, mail));
  }

  /**
   * Claims mails that are due, by counting a try and moving the next one to the end of the lease. Of several processes that
   * see the same mail, only the first finds the count of tries that it saw; in a cluster, where all may find it, only the
   * first can commit.
   */
  claimDue(now: Date, claimer: Claimer, take: number): Promise<Claim> {
    return this.claim({ nextTryAt: LessThanOrEqual(now) }, claimer, take);
  }

  /** Claims what the same process has claimed before without learning of it, because its connection broke. */
  reclaim(claimer: Claimer, take: number): Promise<Claim> {
    return this.claim({ claimedBy: claimer.owner }, claimer, take);
  }

  /** Marks a mail as sent. What has gone out, or is given up, keeps no link that lets its reader in. */
  async updateSent({ id, text }: OutgoingMail): Promise<void> {
    const sent = { status: 'sent' as const, text: redactText(text), claimedBy: null };
    await this.unitOfWork.run(() => this.unitOfWork.manager.update(OutgoingMail, { id }, sent));
  }

  /** Sets when a mail is sent again, or gives it up; unless its lease ran out and another process has claimed it by now. */
  async updateNextTry({ id, tries, text }: OutgoingMail, nextTryAt: Date, status: MailStatus): Promise<void> {
    const next = { nextTryAt, status, claimedBy: null, ...(status === 'failed' && { text: redactText(text) }) };
    await this.unitOfWork.run(() =>
      this.unitOfWork.manager.update(OutgoingMail, { id, tries, status: 'waiting' }, next),
    );
  }

  private claim(which: FindOptionsWhere<OutgoingMail>, { owner, leaseEnd }: Claimer, take: number): Promise<Claim> {
    return this.unitOfWork.run(async () => {
      const { manager } = this.unitOfWork;
      const found = await manager.find(OutgoingMail, {
        select: { id: true, tries: true },
        where: { ...which, status: 'waiting' },
        order: { nextTryAt: 'ASC', id: 'ASC' },
        take,
      });
      const claimed: string[] = [];
      for (const { id, tries } of found) {
        const next = { tries: tries + 1, nextTryAt: leaseEnd, claimedBy: owner };
        const { affected } = await manager.update(OutgoingMail, { id, tries, status: 'waiting' }, next);
        if (affected === 1) claimed.push(id);
      }
      const mails = await manager.find(OutgoingMail, { where: { id: In(claimed) }, order: { id: 'ASC' } });
      return { mails, mayBeMore: found.length === take };
    });
  }
}
