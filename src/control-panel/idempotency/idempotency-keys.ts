import { HttpStatus, Injectable } from '@nestjs/common';
import { ClsService } from 'nestjs-cls';
import { Clock } from '../../common/clock';
import { sha256 } from '../../common/fingerprint';
import { Problem } from '../../common/problem';
import { RequestContext } from '../../context/request-context';
import { isDuplicate } from '../../database/dialect';
import { UnitOfWork } from '../../database/unit-of-work';
import { IdempotencyKey } from './idempotency-key.entity';

/** After so long, a request that never answered is taken to have died with its process; its key may be used again. */
const ABANDONED_AFTER_MS = 60_000;
const RUNNING = '';
const CLAIM = Symbol('claimed idempotency key');

type Claim = Pick<IdempotencyKey, 'accountId' | 'keyHash'>;

/** The keys with which clients make their requests safe to repeat. */
@Injectable()
export class IdempotencyKeys {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly context: RequestContext,
    private readonly clock: Clock,
    private readonly cls: ClsService,
  ) {}

  /** Claims the key for this request, or answers what the request that had it first was answered. */
  async claim(key: string, body: unknown): Promise<{ readonly answer: unknown } | undefined> {
    const { accountId, userId } = this.context.actor;
    const claim = { accountId, keyHash: sha256(`${userId ?? ''}:${key}`) };
    const bodyHash = sha256(JSON.stringify(body ?? null));
    const createdAt = this.clock.now();
    try {
      await this.unitOfWork.run(async () => {
        await this.unitOfWork.manager.insert(IdempotencyKey, { ...claim, bodyHash, answer: RUNNING, createdAt });
      });
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      const answer = await this.answerOf(claim, bodyHash, createdAt);
      if (answer !== RUNNING) return { answer: JSON.parse(answer) as unknown };
    }
    this.cls.set(CLAIM, claim);
    return undefined;
  }

  /** Remembers the answer, in the unit of work of what it tells: both are kept, or neither. */
  async remember(answer: unknown): Promise<void> {
    const claim = this.cls.get<Claim | undefined>(CLAIM);
    if (claim) await this.unitOfWork.manager.update(IdempotencyKey, claim, { answer: JSON.stringify(answer) });
  }

  /** Gives the key of a request that failed back: it did nothing, so it may be tried again. */
  async release(): Promise<void> {
    const claim = this.cls.get<Claim | undefined>(CLAIM);
    if (!claim) return;
    await this.unitOfWork.run(async () => {
      await this.unitOfWork.manager.delete(IdempotencyKey, { ...claim, answer: RUNNING });
    });
  }

  /** What the first request was answered; or the empty answer, if it is abandoned and now this request's. */
  private async answerOf(claim: Claim, bodyHash: string, now: Date): Promise<string> {
    const first = await this.unitOfWork.manager.findOneBy(IdempotencyKey, claim);
    if (!first) throw inUse();
    if (first.bodyHash !== bodyHash) throw reused();
    if (first.answer !== RUNNING) return first.answer;
    if (now.getTime() - first.createdAt.getTime() < ABANDONED_AFTER_MS) throw inUse();
    const { createdAt } = first;
    const taken = await this.unitOfWork.run(() =>
      this.unitOfWork.manager.update(IdempotencyKey, { ...claim, answer: RUNNING, createdAt }, { createdAt: now }),
    );
    if (taken.affected === 0) throw inUse();
    return RUNNING;
  }
}

function reused(): Problem {
  const message = 'This Idempotency-Key came with another body before: use a new key for a new request.';
  return Problem.ofField(HttpStatus.UNPROCESSABLE_ENTITY, 'idempotency_key_reused', 'Idempotency-Key', message);
}

function inUse(): Problem {
  const message = 'The first request with this Idempotency-Key is still running: repeat it a little later.';
  return Problem.ofField(HttpStatus.CONFLICT, 'idempotency_key_in_use', 'Idempotency-Key', message);
}
