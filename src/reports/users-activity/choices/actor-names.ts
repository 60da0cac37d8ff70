import { Injectable } from '@nestjs/common';
import { UsersRepository } from '../../../access/members/users.repository';
import { ApiKeysRepository } from '../../../auth/api-keys/api-keys.repository';
import { partsOf } from '../../../lib/elements';

/** Number of ids in one statement. */
const IDS_AT_ONCE = 500;

/** Finds the names of users and API keys. */
@Injectable()
export class ActorNames {
  constructor(
    private readonly users: UsersRepository,
    private readonly apiKeys: ApiKeysRepository,
  ) {}

  /** Returns the present names of the users and API keys that have one of the ids, as records show them, by id. */
  async find(accountId: string, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const names = new Map<string, string>();
    for (const some of partsOf(ids, IDS_AT_ONCE)) {
      for (const { id, name } of await this.users.findAll(accountId, some)) names.set(id, name);
      const others = some.filter((id) => !names.has(id));
      for (const { id, name } of await this.apiKeys.findAll(accountId, others)) names.set(id, `API key: ${name}`);
    }
    return names;
  }
}
