import { HttpStatus, Injectable } from '@nestjs/common';
import { ClsService } from 'nestjs-cls';
import { RequestContext } from '../context/request-context';
import { UnitOfWork } from '../database/unit-of-work';
import { Problem } from '../http/problems/problem';
import { inHeader } from '../http/problems/request-field';
import { sha256 } from '../lib/sha256';
import { Clock } from '../lib/time/clock';
import { keptSince, type IdempotencyKey } from './idempotency-key.entity';
import { IdempotencyKeysRepository, type Claim } from './idempotency-keys.repository';

/** After so many milliseconds, a request that never answered counts as dead with its process, and its key may be used again. */
const ABANDONED_AFTER = 60_000;
/** How often a claim starts again because another request or process changed or deleted the row that it had found. */
const ATTEMPTS = 3;
const CLAIM = Symbol('claimed idempotency key');

/** The keys with which clients make their requests safe to repeat. */
@Injectable()
export class IdempotencyKeys {
  constructor(
    private readonly keys: IdempotencyKeysRepository,
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
      if (!(await this.keys.insert(wanted))) {
        const first = await this.keys.find(row);
        if (!first) continue;
        if (!mayBeTakenOver(first, wanted)) return { answer: answerOf(first, bodyHash) };
        if (!(await this.takeOver(first, wanted))) continue;
      }
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
    if (!(await this.keys.updateResponse(claim, response))) throw inUse();
  }

  /** Gives the key of a request that failed back: it did nothing, so it may be tried again. */
  async release(): Promise<void> {
    const claim = this.cls.get<Claim | undefined>(CLAIM);
    if (!claim) return;
    await this.unitOfWork.commitSeparately(() => this.keys.deleteRunning(claim));
  }

  /** Returns whether this request has the key now; of several that try it, only one does. */
  private takeOver(first: IdempotencyKey, wanted: IdempotencyKey): Promise<boolean> {
    return this.unitOfWork.commitSeparately(() => this.keys.replace(first, wanted));
  }
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
  return Problem.unprocessable('idempotency_key_reused', inHeader('Idempotency-Key'), message);
}

function inUse(): Problem {
  const message = 'The first request with this Idempotency-Key is still running: repeat it a little later.';
  return Problem.ofField(HttpStatus.CONFLICT, 'idempotency_key_in_use', inHeader('Idempotency-Key'), message);
}
