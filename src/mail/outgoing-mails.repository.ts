import { Injectable } from '@nestjs/common';
import { In, LessThanOrEqual, type FindOptionsWhere } from 'typeorm';
import { UnitOfWork } from '../database/unit-of-work';
import { redactText } from '../lib/secrets/redact';
import { OutgoingMail, type MailStatus } from './outgoing-mail.entity';

/** The process that claims mails, and the end of its lease. */
export interface Claimer {
  /** Id of the process. */
  readonly owner: string;
  readonly leaseEnd: Date;
}

/** The result of one query for due mails. */
export interface Claim {
  /** The mails that were claimed until the end of the lease. */
  readonly mails: readonly OutgoingMail[];
  /** Whether more mails may be due. */
  readonly mayBeMore: boolean;
}

/** Reads and writes the mails of the outbox. */
@Injectable()
export class OutgoingMailsRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async insert(mail: OutgoingMail): Promise<void> {
    await this.unitOfWork.run(() => this.unitOfWork.manager.insert(OutgoingMail, mail));
  }

  /**
   * Claims mails that are due, by incrementing their count of attempts and moving their next attempt to the end of the
   * lease. Of several processes that read the same mail, only the first still finds the count that it read. In a
   * cluster, several may find it, but only the first can commit.
   */
  claimDue(now: Date, claimer: Claimer, limit: number): Promise<Claim> {
    return this.claim({ nextTryAt: LessThanOrEqual(now) }, 1, claimer, limit);
  }

  /**
   * Claims mails again that this process claimed without learning of it, because its connection broke. That claim has
   * counted the attempt already.
   */
  reclaim(claimer: Claimer, limit: number): Promise<Claim> {
    return this.claim({ claimedBy: claimer.owner }, 0, claimer, limit);
  }

  /** Marks a mail as sent, and redacts the links in its text that would log the reader in. */
  async updateSent({ id, text }: OutgoingMail): Promise<void> {
    const sent = { status: 'sent' as const, text: redactText(text), claimedBy: null };
    await this.unitOfWork.run(() => this.unitOfWork.manager.update(OutgoingMail, { id }, sent));
  }

  /**
   * Sets the next attempt of a mail, or marks it as failed, unless its lease ended and another process has claimed it
   * since.
   */
  async updateNextTry({ id, tries, text }: OutgoingMail, nextTryAt: Date, status: MailStatus): Promise<void> {
    const next = { nextTryAt, status, claimedBy: null, ...(status === 'failed' && { text: redactText(text) }) };
    await this.unitOfWork.run(() =>
      this.unitOfWork.manager.update(OutgoingMail, { id, tries, status: 'waiting' }, next),
    );
  }

  private claim(
    condition: FindOptionsWhere<OutgoingMail>,
    attempts: 0 | 1,
    { owner, leaseEnd }: Claimer,
    limit: number,
  ): Promise<Claim> {
    return this.unitOfWork.run(async () => {
      const { manager } = this.unitOfWork;
      const due = await manager.find(OutgoingMail, {
        select: { id: true, tries: true },
        where: { ...condition, status: 'waiting' },
        order: { nextTryAt: 'ASC', id: 'ASC' },
        take: limit,
      });
      const claimedIds: string[] = [];
      for (const { id, tries } of due) {
        const next = { tries: tries + attempts, nextTryAt: leaseEnd, claimedBy: owner };
        const { affected } = await manager.update(OutgoingMail, { id, tries, status: 'waiting' }, next);
        if (affected === 1) claimedIds.push(id);
      }
      const mails = await manager.find(OutgoingMail, { where: { id: In(claimedIds) }, order: { id: 'ASC' } });
      return { mails, mayBeMore: due.length === limit };
    });
  }
}
