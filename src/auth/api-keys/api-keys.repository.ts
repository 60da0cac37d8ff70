import { Injectable } from '@nestjs/common';
import { In, IsNull, LessThan, LessThanOrEqual, type FindOptionsWhere } from 'typeorm';
import { User } from '../../access/members/user.entity';
import { forUpdateOfUnlocked } from '../../database/dialect';
import { UnitOfWork } from '../../database/unit-of-work';
import { Problem } from '../../http/problems/problem';
import { inPath } from '../../http/problems/request-field';
import { tokenHash } from '../../lib/secrets/opaque-tokens';
import { ApiKey } from './api-key.entity';

/** A key, and the user who made it. */
export type ApiKeyWithMaker = ApiKey & { readonly maker: Pick<User, 'name' | 'status' | 'disabledAt'> };

/** API keys, those that no longer work too. */
@Injectable()
export class ApiKeysRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async findByToken(token: string): Promise<ApiKey | undefined> {
    return (await this.unitOfWork.manager.findOneBy(ApiKey, { tokenHash: tokenHash(token) })) ?? undefined;
  }

  /** Newest first. */
  list(accountId: string, after: string | undefined, take: number): Promise<ApiKeyWithMaker[]> {
    return this.listWhere({ accountId, ...(after !== undefined && { id: LessThan(after) }) }, take);
  }

  /** Those of the ids that are keys of the account. */
  async findAll(accountId: string, ids: readonly string[]): Promise<ApiKeyWithMaker[]> {
    return ids.length === 0 ? [] : this.listWhere({ accountId, id: In([...ids]) });
  }

  /** @throws Problem 404 when the account has no key with this id */
  async get(accountId: string, id: string): Promise<ApiKeyWithMaker> {
    const [key] = await this.findAll(accountId, [id]);
    if (!key) throw Problem.notFound('api_key_not_found', inPath('id'), 'There is no API key with this id.');
    return key;
  }

  /** Those of the account's keys with this name that nobody has revoked. */
  findNamed(accountId: string, name: string): Promise<ApiKeyWithMaker[]> {
    return this.listWhere({ accountId, name, revokedAt: IsNull() });
  }

  /** The keys that a user made and nobody has revoked. */
  findUnrevokedOf(makerId: string): Promise<ApiKeyWithMaker[]> {
    return this.listWhere({ makerId, revokedAt: IsNull() });
  }

  async insert(key: ApiKey): Promise<void> {
    await this.unitOfWork.manager.insert(ApiKey, key);
  }

  async updateRevokedAt(id: string, revokedAt: Date): Promise<void> {
    await this.unitOfWork.manager.update(ApiKey, { id }, { revokedAt });
  }

  /** Notes when a key was used, unless it was after `latest` already. Where another process holds the row, it is noting it. */
  async updateLastUsedAt(id: string, latest: Date, usedAt: Date): Promise<void> {
    const { manager } = this.unitOfWork;
    const unnoted = [
      { id, lastUsedAt: IsNull() },
      { id, lastUsedAt: LessThanOrEqual(latest) },
    ];
    const keys = manager.createQueryBuilder(ApiKey, 'apiKey').where(unnoted);
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
