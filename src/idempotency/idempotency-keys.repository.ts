import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { isDuplicate } from '../database/dialect';
import { UnitOfWork } from '../database/unit-of-work';
import { IdempotencyKey } from './idempotency-key.entity';

type Key = Pick<IdempotencyKey, 'accountId' | 'keyHash'>;
/** The row of a key as one request claimed it; once another request has taken it over, it has another time. */
export type Claim = Key & Pick<IdempotencyKey, 'createdAt'>;

/** The idempotency keys of requests, and the answers that they got. */
@Injectable()
export class IdempotencyKeysRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async find(key: Key): Promise<IdempotencyKey | undefined> {
    return (await this.unitOfWork.manager.findOneBy(IdempotencyKey, key)) ?? undefined;
  }

  /** Inserts a key in a transaction of its own, and returns whether it was new. */
  async insert(row: IdempotencyKey): Promise<boolean> {
    try {
      await this.unitOfWork.commitSeparately(() => this.unitOfWork.manager.insert(IdempotencyKey, row));
      return true;
    } catch (error) {
      if (isDuplicate(error)) return false;
      throw error;
    }
  }

  /** Updates the row of a key for another request, and returns whether it still was as that request had found it. */
  async replace(first: IdempotencyKey, { bodyHash, response, createdAt }: IdempotencyKey): Promise<boolean> {
    const { accountId, keyHash } = first;
    const claim = { accountId, keyHash, createdAt: first.createdAt };
    const { affected } = await this.unitOfWork.manager.update(
      IdempotencyKey,
      first.response ? claim : whereRunning(claim),
      {
        bodyHash,
        response,
        createdAt,
      },
    );
    return affected === 1;
  }

  /** Updates the answer of a request, and returns whether its claim still held. */
  async updateResponse(claim: Claim, response: IdempotencyKey['response']): Promise<boolean> {
    const { affected } = await this.unitOfWork.manager.update(IdempotencyKey, whereRunning(claim), { response });
    return affected === 1;
  }

  /** Deletes the key of a request that has not answered. */
  async deleteRunning(claim: Claim): Promise<void> {
    await this.unitOfWork.manager.delete(IdempotencyKey, whereRunning(claim));
  }
}

/** Matches the row of a claim whose request has not answered yet. */
function whereRunning(claim: Claim) {
  return { ...claim, response: IsNull() };
}
