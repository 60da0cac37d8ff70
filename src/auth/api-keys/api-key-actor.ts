import type { Member } from '../../access/members/members.repository';
import type { ApiKeyActor } from '../../context/actor';
import type { ApiKey } from './api-key.entity';

/**
 * Returns the actor of a request that was sent with an API key. It has only the privileges that the key's maker still
 * has.
 */
export function apiKeyActor(key: ApiKey, { account, privileges }: Member): ApiKeyActor {
  return {
    kind: 'apiKey',
    accountId: account.id,
    userId: key.id,
    userName: `API key: ${key.name}`,
    timeZone: account.timeZone,
    privileges: new Set(key.privileges.filter((privilege) => privileges.includes(privilege))),
  };
}
