import { HttpStatus, Injectable } from '@nestjs/common';
import { ClsService } from 'nestjs-cls';
import { IsNull } from 'typeorm';
import { RequestContext } from '../context/request-context';
import { isDuplicate } from '../database/dialect';
import { UnitOfWork } from '../database/unit-of-work';
import { Problem } from '../http/problems/problem';
import { sha256 } from '../lib/sha256';
import { Clock } from '../lib/time/clock';
import { IdempotencyKey, keptSince } from './idempotency-key.entity';

/** After so many milliseconds, a request that never answered counts as dead with its process, and its key may be used again. */
const ABANDONED_AFTER = 60_000;
/** How often a claim starts again because another request or process changed or deleted the row that it had found. */
const ATTEMPTS = 3;
const CLAIM = Symbol('claimed idempotency key');

type Key = Pick<IdempotencyKey, 'accountId' | 'keyHash'>;
/** The row of a key as one request claimed it; once another request has taken it over, it has another time. */
type Claim = Key & Pick<IdempotencyKey, 'createdAt'>;

/** The keys with which clients make their requests safe to repeat. */
@Injectable()
export class IdempotencyKeys {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly context: RequestContext,
    private readonly clock: Clock,
    private readonly cls: ClsService,
  ) {}

  /**
   * Claims the key for this request, or returns the answer of the request that used it first.
   * @param bodyHash SHA-256 of what a repeated request has in common with the first one
   */
  async claim(key: string, bodyHash: string): Promise<{ readonly answer: unknown } | undefined> {
    const { accountId, userId } = this.context.actor;
    const row = { accountId, keyHash: sha256(`${userId}:${key}`) };
    const claim = { ...row, createdAt: this.clock.now() };
    const wanted = { ...claim, bodyHash, response: null };
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const first = (await this.insert(wanted)) ? undefined : await this.find(row);
      if (first === null) continue;
      if (first && !mayBeTakenOver(first, wanted)) return { answer: answerOf(first, bodyHash) };
      if (first && !(await this.takeOver(first, wanted))) continue;
      this.cls.set(CLAIM, claim);
      return undefined;
    }
    throw inUse();
  }

  /**
   * Remembers the answer, in the transaction of what it tells: both are kept, or neither. Refuses a request that took so
   * long that a repeated one has taken its key over, so that only one of them has its effect.
   */
  async remember(answer: unknown): Promise<void> {
    const claim = this.cls.get<Claim | undefined>(CLAIM);
    if (!claim) return;
    const response = { json: JSON.stringify(answer) };
    const { affected } = await this.unitOfWork.manager.update(IdempotencyKey, running(claim), { response });
    if (affected !== 1) throw inUse();
  }

  /** Gives the key of a request that failed back: it did nothing, so it may be tried again. */
  async release(): Promise<void> {
    const claim = this.cls.get<Claim | undefined>(CLAIM);
    if (!claim) return;
    await this.unitOfWork.commitSeparately(async () => {
      await this.unitOfWork.manager.delete(IdempotencyKey, running(claim));
    });
  }

  /** Returns whether the key was new. */
  private async insert(row: IdempotencyKey): Promise<boolean> {
    try {
      await this.unitOfWork.commitSeparately(() => this.unitOfWork.manager.insert(IdempotencyKey, row));
      return true;
    } catch (error) {
      if (isDuplicate(error)) return false;
      throw error;
    }
  }

  private find(key: Key): Promise<IdempotencyKey | null> {
    return this.unitOfWork.manager.findOneBy(IdempotencyKey, key);
  }

  /** Returns whether this request has the key now; of several that try it, only one does. */
  private async takeOver(first: IdempotencyKey, { bodyHash, response, createdAt }: IdempotencyKey): Promise<boolean> {
    const { accountId, keyHash } = first;
    const claim = { accountId, keyHash, createdAt: first.createdAt };
    const { affected } = await this.unitOfWork.commitSeparately(() =>
      this.unitOfWork.manager.update(IdempotencyKey, first.response ? claim : running(claim), {
        bodyHash,
        response,
        createdAt,
      }),
    );
    return affected === 1;
  }
}

/** Matches the row of a claim whose request has not answered yet. */
function running(claim: Claim) {
  return { ...claim, response: IsNull() };
}

/** Whether a key is too old to be remembered, or its first request has died without an answer. */
function mayBeTakenOver(first: IdempotencyKey, { bodyHash, createdAt: now }: IdempotencyKey): boolean {
  if (first.createdAt < keptSince(now)) return true;
  return (
    first.bodyHash === bodyHash &&
    first.response === null &&
    now.getTime() - first.createdAt.getTime() >= ABANDONED_AFTER
  );
}

function answerOf(first: IdempotencyKey, bodyHash: string): unknown {
  if (first.bodyHash !== bodyHash) throw reused();
  if (first.response === null) throw inUse();
  return JSON.parse(first.response.json) as unknown;
}

function reused(): Problem {
  const message =
    'This Idempotency-Key came with another request before: use a new key for a request with another address or body.';
  return Problem.ofField(HttpStatus.UNPROCESSABLE_ENTITY, 'idempotency_key_reused', 'Idempotency-Key', message);
}

function inUse(): Problem {
  const message = 'The first request with this Idempotency-Key is still running: repeat it a little later.';
  return Problem.ofField(HttpStatus.CONFLICT, 'idempotency_key_in_use', 'Idempotency-Key', message);
}
