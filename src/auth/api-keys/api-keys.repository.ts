import { Injectable } from '@nestjs/common';
import { In, IsNull, LessThan, LessThanOrEqual, type FindOptionsWhere } from 'typeorm';
import { User } from '../../access/members/user.entity';
import { forUpdateOfUnlocked } from '../../database/dialect';
import { UnitOfWork } from '../../database/unit-of-work';
import { Problem } from '../../http/problems/problem';
import { inPath } from '../../http/problems/request-field';
import { ApiKey } from './api-key.entity';

/** An API key with the user who created it. */
export type ApiKeyWithMaker = ApiKey & { readonly maker: Pick<User, 'name' | 'status' | 'disabledAt'> };

/** Stores API keys, including those that no longer work. */
@Injectable()
export class ApiKeysRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Lists the API keys of the account, newest first. */
  list(accountId: string, after: string | undefined, take: number): Promise<ApiKeyWithMaker[]> {
    return this.listWhere({ accountId, ...(after !== undefined && { id: LessThan(after) }) }, take);
  }

  /** Finds the API keys of the account that have one of the ids. */
  async findAll(accountId: string, ids: readonly string[]): Promise<ApiKeyWithMaker[]> {
    return ids.length === 0 ? [] : this.listWhere({ accountId, id: In([...ids]) });
  }

  /**
   * Returns an API key.
   * @throws Problem 404 when the account has no API key with this id
   */
  async get(accountId: string, id: string): Promise<ApiKeyWithMaker> {
    const [key] = await this.findAll(accountId, [id]);
    if (!key) throw Problem.notFound('api_key_not_found', inPath('id'), 'There is no API key with this id.');
    return key;
  }

  /** Finds the API keys of the account with this name that are not revoked. */
  findNamed(accountId: string, name: string): Promise<ApiKeyWithMaker[]> {
    return this.listWhere({ accountId, name, revokedAt: IsNull() });
  }

  /** Finds the API keys that a user created and that are not revoked. */
  findUnrevoked(makerId: string): Promise<ApiKeyWithMaker[]> {
    return this.listWhere({ makerId, revokedAt: IsNull() });
  }

  async insert(key: ApiKey): Promise<void> {
    await this.unitOfWork.manager.insert(ApiKey, key);
  }

  async updateRevokedAt(id: string, revokedAt: Date): Promise<void> {
    await this.unitOfWork.manager.update(ApiKey, { id }, { revokedAt });
  }

  /**
   * Saves when an API key was used, unless the saved time is after `latest`. Skips a row that another transaction has
   * locked, because that one saves a use too.
   */
  async updateLastUsedAt(id: string, latest: Date, usedAt: Date): Promise<void> {
    const { manager } = this.unitOfWork;
    const isOutdated = [
      { id, lastUsedAt: IsNull() },
      { id, lastUsedAt: LessThanOrEqual(latest) },
    ];
    const keys = manager.createQueryBuilder(ApiKey, 'apiKey').where(isOutdated);
    if (await forUpdateOfUnlocked(manager, keys).getOne()) await manager.update(ApiKey, { id }, { lastUsedAt: usedAt });
  }

  private listWhere(where: FindOptionsWhere<ApiKey>, take?: number): Promise<ApiKeyWithMaker[]> {
    const keys = this.unitOfWork.manager
      .createQueryBuilder(ApiKey, 'apiKey')
      .innerJoinAndMapOne('apiKey.maker', User, 'maker', 'maker.id = apiKey.makerId')
      .where(where)
      .orderBy('apiKey.id', 'DESC')
      .limit(take);
    return keys.getMany() as Promise<ApiKeyWithMaker[]>;
  }
}
