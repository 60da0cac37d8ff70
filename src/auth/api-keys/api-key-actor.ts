import type { Member } from '../../access/members/members.repository';
import type { ApiKeyActor } from '../../context/actor';
import type { ApiKey } from './api-key.entity';

/** Makes the actor of a request that is sent with an API key. It has only those privileges that the maker of the key still has. */
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
