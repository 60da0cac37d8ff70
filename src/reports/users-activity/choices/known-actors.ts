import { Injectable } from '@nestjs/common';
import { UsersRepository } from '../../../access/members/users.repository';
import { ApiKeysRepository } from '../../../auth/api-keys/api-keys.repository';
import { partsOf } from '../../../lib/elements';

/** Number of ids in one statement. */
const IDS_AT_ONCE = 500;

/** A user or an API key, as it is today. */
export interface KnownActor {
  /** The name, as records show it. */
  readonly name: string;
  /** The email address that a user logs in with; null for an API key. */
  readonly email: string | null;
}

/** Finds the users and API keys that records name by id. */
@Injectable()
export class KnownActors {
  constructor(
    private readonly users: UsersRepository,
    private readonly apiKeys: ApiKeysRepository,
  ) {}

  /** Returns the users and API keys that have one of the ids, by id. */
  async find(accountId: string, ids: readonly string[]): Promise<ReadonlyMap<string, KnownActor>> {
    const actors = new Map<string, KnownActor>();
    for (const some of partsOf(ids, IDS_AT_ONCE)) {
      for (const { id, name, email } of await this.users.findAll(accountId, some)) actors.set(id, { name, email });
      const others = some.filter((id) => !actors.has(id));
      for (const { id, name } of await this.apiKeys.findAll(accountId, others))
        actors.set(id, { name: `API key: ${name}`, email: null });
    }
    return actors;
  }
}
