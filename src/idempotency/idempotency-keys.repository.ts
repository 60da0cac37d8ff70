import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { isDuplicate } from '../database/dialect';
import { UnitOfWork } from '../database/unit-of-work';
import { IdempotencyKey } from './idempotency-key.entity';

type Key = Pick<IdempotencyKey, 'accountId' | 'keyHash'>;
/**
 * The claim of one request to a key. A request that takes the key over changes `createdAt`, so the previous claim no
 * longer matches.
 */
export type Claim = Key & Pick<IdempotencyKey, 'createdAt'>;

/** Reads and writes idempotency keys. */
@Injectable()
export class IdempotencyKeysRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async find(key: Key): Promise<IdempotencyKey | undefined> {
    return (await this.unitOfWork.manager.findOneBy(IdempotencyKey, key)) ?? undefined;
  }

  /** Inserts a key in a separate transaction, and returns whether it was new. */
  async insert(row: IdempotencyKey): Promise<boolean> {
    try {
      await this.unitOfWork.commitSeparately(() => this.unitOfWork.manager.insert(IdempotencyKey, row));
      return true;
    } catch (error) {
      if (isDuplicate(error)) return false;
      throw error;
    }
  }

  /**
   * Replaces the claim to a key with that of another request, and returns whether the row was still as that request had
   * read it.
   */
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

  /** Stores the response of a request, and returns whether its claim was still valid. */
  async updateResponse(claim: Claim, response: IdempotencyKey['response']): Promise<boolean> {
    const { affected } = await this.unitOfWork.manager.update(IdempotencyKey, whereRunning(claim), { response });
    return affected === 1;
  }

  /** Deletes the key of a request that has no response yet. */
  async deleteRunning(claim: Claim): Promise<void> {
    await this.unitOfWork.manager.delete(IdempotencyKey, whereRunning(claim));
  }
}

/** Returns the condition that matches a claim without a response. */
function whereRunning(claim: Claim) {
  return { ...claim, response: IsNull() };
}
