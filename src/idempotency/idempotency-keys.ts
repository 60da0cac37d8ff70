import { HttpStatus, Injectable } from '@nestjs/common';
import { RequestContext } from '../context/request-context';
import { UnitOfWork } from '../database/unit-of-work';
import { Problem } from '../http/problems/problem';
import { inHeader } from '../http/problems/request-field';
import { sha256 } from '../lib/sha256';
import { Clock } from '../lib/time/clock';
import { retentionStart, type IdempotencyKey } from './idempotency-key.entity';
import { IdempotencyKeysRepository, type Claim } from './idempotency-keys.repository';

/**
 * Milliseconds after which a request without a response is assumed to have died with its process, so that its key may
 * be taken over.
 */
const ABANDONED_AFTER_MILLISECONDS = 60_000;
/** Attempts to claim a key while other requests change or delete its row. */
const MAX_CLAIM_ATTEMPTS = 3;
const REQUEST = Symbol('idempotent request');

/** What is known of a request to an idempotent route. */
interface IdempotentRequest {
  claim: Claim | undefined;
  isRemembered: boolean;
}

/** Makes requests safe to repeat: claims a key for each request, and returns the stored response to repeated ones. */
@Injectable()
export class IdempotencyKeys {
  constructor(
    private readonly keys: IdempotencyKeysRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly context: RequestContext,
    private readonly clock: Clock,
  ) {}

  /** Begins a request to an idempotent route. Its transaction cannot commit unless `remember` was called in it. */
  begin(): void {
    const request: IdempotentRequest = { claim: undefined, isRemembered: false };
    this.context.set(REQUEST, request);
    this.unitOfWork.checkBeforeCommit(() => {
      this.assertRemembered();
    });
  }

  /**
   * @throws Error when the response of an idempotent route was not stored, because a repeated request would run again
   */
  assertRemembered(): void {
    if (this.request?.isRemembered !== false) return;
    throw new Error(
      'The route is @Idempotent, but its response was not stored. Call `IdempotencyKeys.remember` in its `run`.',
    );
  }

  /**
   * Claims the key for this request, or returns the response of the request that used it first.
   * @param bodyHash SHA-256 of what a repeated request must have in common with the first one
   */
  async claim(key: string, bodyHash: string): Promise<{ readonly answer: unknown } | undefined> {
    const { accountId, userId } = this.context.actor;
    const row = { accountId, keyHash: sha256(`${userId}:${key}`) };
    const claim = { ...row, createdAt: this.clock.now() };
    const newKey = { ...claim, bodyHash, response: null };
    for (let attempt = 1; attempt <= MAX_CLAIM_ATTEMPTS; attempt++) {
      if (!(await this.keys.insert(newKey))) {
        const first = await this.keys.find(row);
        if (!first) continue;
        if (!mayBeTakenOver(first, newKey)) return { answer: storedAnswerOf(first, bodyHash) };
        if (!(await this.takeOver(first, newKey))) continue;
      }
      if (this.request) this.request.claim = claim;
      return undefined;
    }
    throw keyInUse();
  }

  /** Whether the request has a key, so that its response must be stored in its transaction. */
  get hasKey(): boolean {
    return this.request?.claim !== undefined;
  }

  /**
   * Stores the response, in the transaction of the changes that it reports, so that both are kept or neither. Refuses a
   * request that took so long that a repeated one has taken over its key, so that only one of them has an effect.
   */
  async remember(answer: unknown): Promise<void> {
    if (!this.request) return;
    this.request.isRemembered = true;
    const { claim } = this.request;
    if (!claim) return;
    const response = { json: JSON.stringify(answer) };
    if (!(await this.keys.updateResponse(claim, response))) throw keyInUse();
  }

  /** Releases the key of a failed request, which may then be repeated because it changed nothing. */
  async release(): Promise<void> {
    const claim = this.request?.claim;
    if (!claim) return;
    await this.unitOfWork.commitSeparately(() => this.keys.deleteRunning(claim));
  }

  private get request(): IdempotentRequest | undefined {
    return this.context.get(REQUEST) as IdempotentRequest | undefined;
  }

  /** Takes over an abandoned key. Returns false if another request did so first. */
  private takeOver(first: IdempotencyKey, newKey: IdempotencyKey): Promise<boolean> {
    return this.unitOfWork.commitSeparately(() => this.keys.replace(first, newKey));
  }
}

/** Returns whether a key has expired, or its request has died without a response. */
function mayBeTakenOver(first: IdempotencyKey, { bodyHash, createdAt: now }: IdempotencyKey): boolean {
  if (first.createdAt < retentionStart(now)) return true;
  return (
    first.bodyHash === bodyHash &&
    first.response === null &&
    now.getTime() - first.createdAt.getTime() >= ABANDONED_AFTER_MILLISECONDS
  );
}

/** Returns the stored response. Refuses a request with another body, or while the first request is running. */
function storedAnswerOf(first: IdempotencyKey, bodyHash: string): unknown {
  if (first.bodyHash !== bodyHash) throw keyReused();
  if (first.response === null) throw keyInUse();
  return JSON.parse(first.response.json) as unknown;
}

function keyReused(): Problem {
  const message =
    'This Idempotency-Key was used for another request: use a new key for a request with a different path or body.';
  return Problem.unprocessable('idempotency_key_reused', inHeader('Idempotency-Key'), message);
}

function keyInUse(): Problem {
  const message = 'The first request with this Idempotency-Key is still running: repeat it a little later.';
  return Problem.ofField(HttpStatus.CONFLICT, 'idempotency_key_in_use', inHeader('Idempotency-Key'), message);
}
