import { Injectable } from '@nestjs/common';
import { ApiKeyAccess } from '../../access/members/api-key-access';
import { MEMBER_COLUMNS, privilegesOf, type MemberRow } from '../../access/members/member-columns';
import type { Privilege } from '../../access/privileges/privilege';
import type { Actor } from '../../context/actor';
import { RequestContext } from '../../context/request-context';
import { Statement } from '../../database/statement';
import { readInstant } from '../../database/stored-instant';
import { UnitOfWork } from '../../database/unit-of-work';
import { unauthorized } from '../../http/problems/unauthorized';
import { isWithin } from '../../lib/network';
import { tokenHash } from '../../lib/secrets/opaque-tokens';
import { Clock } from '../../lib/time/clock';
import { ApiKeyUses } from './api-key-uses';
import { splitWords } from './api-key.entity';
import { apiKeyStatus, type ApiKeyStatus } from './api-key.rules';

/** An API key with the user who created it. */
interface ApiKeyRow extends MemberRow {
  readonly id: string;
  readonly name: string;
  /** Words separated by spaces, as the networks. */
  readonly keyPrivileges: string;
  readonly networks: string;
  readonly createdAt: string | Date;
  readonly expiresAt: string | Date | null;
  readonly lastUsedAt: string | Date | null;
  readonly revokedAt: string | Date | null;
}

/** Reads everything that authenticates a request at once. */
const SELECT_API_KEY = `
   SELECT api_keys.id AS id, api_keys.name AS name, api_keys.privileges AS keyPrivileges, api_keys.networks AS networks,
          api_keys.created_at AS createdAt, api_keys.expires_at AS expiresAt, api_keys.last_used_at AS lastUsedAt,
          api_keys.revoked_at AS revokedAt, ${MEMBER_COLUMNS}
     FROM api_keys
     JOIN users ON users.id = api_keys.maker_id
     JOIN accounts ON accounts.id = users.account_id`;
const FIND_BY_TOKEN = new Statement<ApiKeyRow>(`${SELECT_API_KEY} WHERE api_keys.token_hash = ?`);
const FIND_BY_ID = new Statement<ApiKeyRow>(`${SELECT_API_KEY} WHERE api_keys.id = ?`);

/** Authenticates requests that carry the token of an API key. */
@Injectable()
export class ApiKeyAuthentication extends ApiKeyAccess {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly uses: ApiKeyUses,
    private readonly context: RequestContext,
    private readonly clock: Clock,
  ) {
    super();
  }

  /**
   * Finds the key of a token, and returns the actor, who has only the privileges that the key's maker still has. A
   * request from outside the key's networks is refused later, where the attempt can be recorded.
   * @throws Problem 401 when the key does not work
   */
  async authenticate(token: string): Promise<Actor> {
    const [key] = await FIND_BY_TOKEN.rows(this.unitOfWork.manager, [tokenHash(token)]);
    const now = this.clock.now();
    assertWorks(key, now);
    const networks = splitWords(key.networks);
    const isOutsideNetworks = networks.length > 0 && !isWithin(networks, this.context.origin?.ipAddress ?? null);
    if (!isOutsideNetworks) await this.uses.save({ id: key.id, lastUsedAt: instantOf(key.lastUsedAt) }, now);
    return {
      kind: 'apiKey',
      accountId: key.accountId,
      accountName: key.accountName,
      userId: key.id,
      userName: `API key: ${key.name}`,
      userEmail: null,
      isOutsideNetworks,
      timeZone: key.timeZone,
      privileges: usablePrivileges(key),
    };
  }

  async findPrivileges(id: string): Promise<ReadonlySet<Privilege>> {
    const [key] = await FIND_BY_ID.rows(this.unitOfWork.manager, [id]);
    assertWorks(key, this.clock.now());
    return usablePrivileges(key);
  }
}

/** @throws Problem 401 if there is no such key, or if it does not work */
function assertWorks(key: ApiKeyRow | undefined, now: Date): asserts key {
  if (!key) throw unauthorized('token_invalid', 'This API key is unknown: it was never issued.');
  const status = statusOf(key, now);
  if (status !== 'active') throw unauthorized(...REFUSALS[status]);
}

/** Returns the privileges of a key that its maker still has. */
function usablePrivileges(key: ApiKeyRow): ReadonlySet<Privilege> {
  const words = splitWords(key.keyPrivileges);
  return new Set(privilegesOf(key).filter((privilege) => words.includes(privilege)));
}

function statusOf({ createdAt, expiresAt, revokedAt, userStatus, disabledAt }: ApiKeyRow, now: Date): ApiKeyStatus {
  const times = { createdAt: readInstant(createdAt), expiresAt: instantOf(expiresAt), revokedAt: instantOf(revokedAt) };
  return apiKeyStatus(times, { status: userStatus, disabledAt: instantOf(disabledAt) }, now);
}

function instantOf(stored: string | Date | null): Date | null {
  return stored === null ? null : readInstant(stored);
}

/** The problem of each status with which an API key does not work. */
const REFUSALS: Record<Exclude<ApiKeyStatus, 'active'>, [code: string, message: string]> = {
  revoked: ['api_key_revoked', 'This API key was revoked: use another one.'],
  expired: ['token_expired', 'This API key has expired: use another one.'],
  user_disabled: ['user_disabled', 'The user who created this API key was disabled. Use an API key of another user.'],
};
