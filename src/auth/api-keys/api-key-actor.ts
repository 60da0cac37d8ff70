import type { Member } from '../../access/members/members.repository';
import type { ApiKeyActor } from '../../context/actor';
import type { ApiKey } from './api-key.entity';

/** An API key as whoever acts in a request: as a user of its own, who may do no more than its maker still may. */
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
