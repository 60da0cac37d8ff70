import { Injectable } from '@nestjs/common';
import { In, LessThan, Not, type SelectQueryBuilder } from 'typeorm';
import { User } from '../../access/members/user.entity';
import { UnitOfWork } from '../../database/unit-of-work';
import { Problem } from '../../http/problems/problem';
import { inPath } from '../../http/problems/request-field';
import { OpaqueTokens } from '../../lib/secrets/opaque-tokens';
import { Session } from './session.entity';

/** Generates and recognizes the tokens of sessions. */
export const SESSION_TOKENS = new OpaqueTokens('uas_');

/** Stores sessions. */
@Injectable()
export class SessionsRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Inserts a session and returns its new token, which is not stored. */
  async insert(session: Omit<Session, 'tokenHash'>): Promise<string> {
    const { token, tokenHash } = SESSION_TOKENS.make();
    await this.unitOfWork.manager.insert(Session, { ...session, tokenHash });
    return token;
  }

  /** Returns whether a session has not been ended; it can have expired. */
  exists(id: string): Promise<boolean> {
    return this.unitOfWork.manager.existsBy(Session, { id });
  }

  /** Lists the open sessions of a user, newest first. */
  listOpen(userId: string, now: Date, after: string | undefined, take: number): Promise<Session[]> {
    const sessions = this.selectOpen(userId, now).orderBy('session.id', 'DESC').limit(take);
    return (after === undefined ? sessions : sessions.andWhere('session.id < :after', { after })).getMany();
  }

  /**
   * Returns an open session.
   * @throws Problem 404 when the user has no open session with this id
   */
  async getOpen(userId: string, now: Date, id: string): Promise<Session> {
    const session = await this.selectOpen(userId, now).andWhere('session.id = :id', { id }).getOne();
    if (!session) throw sessionNotFound();
    return session;
  }

  /** Deletes a session, and returns whether there was one. */
  async delete(id: string): Promise<boolean> {
    const { affected } = await this.unitOfWork.manager.delete(Session, { id });
    return affected === 1;
  }

  /** Deletes the sessions of a user, except the one with `keptId`, and returns how many it deleted. */
  async deleteAll(userId: string, keptId?: string): Promise<number> {
    const others = { userId, ...(keptId !== undefined && { id: Not(keptId) }) };
    const { affected } = await this.unitOfWork.manager.delete(Session, others);
    return affected ?? 0;
  }

  /**
   * Deletes the oldest sessions of a user, so that `kept` are left, and returns the ids of the deleted sessions.
   * @param newId the id of the session that was just opened, which is never deleted: it has a lower id than the others
   * if the clock was set back
   */
  async deleteOldest(userId: string, kept: number, newId: string): Promise<string[]> {
    const { manager } = this.unitOfWork;
    const where = { userId, id: Not(newId) };
    const others = await manager.find(Session, { where, order: { id: 'DESC' }, select: { id: true } });
    const ended = others.slice(kept - 1).map(({ id }) => id);
    if (ended.length > 0) await manager.delete(Session, { id: In(ended) });
    return ended;
  }

  async deleteExpired(userId: string, now: Date): Promise<void> {
    await this.unitOfWork.manager.delete(Session, { userId, expiresAt: LessThan(now) });
  }

  /** Selects the sessions that the authentication accepts: not expired, and opened after the user was last disabled. */
  private selectOpen(userId: string, now: Date): SelectQueryBuilder<Session> {
    return this.unitOfWork.manager
      .createQueryBuilder(Session, 'session')
      .innerJoin(User, 'user', 'user.id = session.userId')
      .where('session.userId = :userId AND session.expiresAt > :now', { userId, now })
      .andWhere('(user.disabledAt IS NULL OR session.createdAt > user.disabledAt)');
  }
}

/** Returns the same problem for an unknown session and for another user's session, so that it reveals nothing. */
export function sessionNotFound(): Problem {
  return Problem.notFound('session_not_found', inPath('id'), 'You have no open session with this id.');
}
