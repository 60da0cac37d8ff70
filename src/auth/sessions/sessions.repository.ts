import { Injectable } from '@nestjs/common';
import { In, LessThan, Not, type SelectQueryBuilder } from 'typeorm';
import { User } from '../../access/members/user.entity';
import { UnitOfWork } from '../../database/unit-of-work';
import { Problem } from '../../http/problems/problem';
import { inPath } from '../../http/problems/request-field';
import { OpaqueTokens, tokenHash } from '../../lib/secrets/opaque-tokens';
import { Session } from './session.entity';

export const SESSION_TOKENS = new OpaqueTokens('uas_');

/** Sessions by their tokens and by their users. */
@Injectable()
export class SessionsRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Inserts a session and returns its new token, which is not stored. */
  async insert(session: Omit<Session, 'tokenHash'>): Promise<string> {
    const made = SESSION_TOKENS.make();
    await this.unitOfWork.manager.insert(Session, { ...session, tokenHash: made.tokenHash });
    return made.token;
  }

  async findByToken(token: string): Promise<Session | undefined> {
    return (await this.unitOfWork.manager.findOneBy(Session, { tokenHash: tokenHash(token) })) ?? undefined;
  }

  /** Whether a session has not been ended; it may have expired. */
  exists(id: string): Promise<boolean> {
    return this.unitOfWork.manager.existsBy(Session, { id });
  }

  /** Open sessions of a user, newest first. */
  listOpen(userId: string, now: Date, after: string | undefined, take: number): Promise<Session[]> {
    const sessions = this.openOf(userId, now).orderBy('session.id', 'DESC').limit(take);
    return (after === undefined ? sessions : sessions.andWhere('session.id < :after', { after })).getMany();
  }

  /** @throws Problem 404 when the user has no open session with this id */
  async getOpen(userId: string, now: Date, id: string): Promise<Session> {
    const session = await this.openOf(userId, now).andWhere('session.id = :id', { id }).getOne();
    if (!session) throw sessionNotFound();
    return session;
  }

  /** Returns whether there was such a session. */
  async delete(id: string): Promise<boolean> {
    const { affected } = await this.unitOfWork.manager.delete(Session, { id });
    return affected === 1;
  }

  /** Deletes all sessions of a user, except for one to keep if there is one, and returns how many. */
  async deleteAll(userId: string, keptId?: string): Promise<number> {
    const others = { userId, ...(keptId !== undefined && { id: Not(keptId) }) };
    const { affected } = await this.unitOfWork.manager.delete(Session, others);
    return affected ?? 0;
  }

  /** Deletes a user's oldest sessions, so that only the newest ones are left, and returns the ids of the deleted ones. */
  async deleteOldest(userId: string, kept: number): Promise<string[]> {
    const { manager } = this.unitOfWork;
    const sessions = await manager.find(Session, { where: { userId }, order: { id: 'DESC' }, select: { id: true } });
    const ended = sessions.slice(kept).map(({ id }) => id);
    if (ended.length > 0) await manager.delete(Session, { id: In(ended) });
    return ended;
  }

  async deleteExpired(userId: string, now: Date): Promise<void> {
    await this.unitOfWork.manager.delete(Session, { userId, expiresAt: LessThan(now) });
  }

  /** The sessions that the authentication takes: not expired, nor opened before their user was disabled. */
  private openOf(userId: string, now: Date): SelectQueryBuilder<Session> {
    return this.unitOfWork.manager
      .createQueryBuilder(Session, 'session')
      .innerJoin(User, 'user', 'user.id = session.userId')
      .where('session.userId = :userId AND session.expiresAt > :now', { userId, now })
      .andWhere('(user.disabledAt IS NULL OR session.createdAt > user.disabledAt)');
  }
}

/** The problem of a session that is not there. The same for somebody else's session, so that nobody can tell the two apart. */
export function sessionNotFound(): Problem {
  return Problem.notFound('session_not_found', inPath('id'), 'You have no open session with this id.');
}
