import { Injectable } from '@nestjs/common';
import { MEMBER_COLUMNS, privilegesOf, type MemberRow } from '../../access/members/member-columns';
import type { Actor } from '../../context/actor';
import { RequestContext } from '../../context/request-context';
import { readInstant, Statement } from '../../database/statement';
import { UnitOfWork } from '../../database/unit-of-work';
import { Problem } from '../../http/problems/problem';
import { inHeader } from '../../http/problems/request-field';
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
const FIND_API_KEY = new Statement<ApiKeyRow>(
  `SELECT api_keys.id AS id, api_keys.name AS name, api_keys.privileges AS keyPrivileges, api_keys.networks AS networks,
          api_keys.created_at AS createdAt, api_keys.expires_at AS expiresAt, api_keys.last_used_at AS lastUsedAt,
          api_keys.revoked_at AS revokedAt, ${MEMBER_COLUMNS}
     FROM api_keys
     JOIN users ON users.id = api_keys.maker_id
     JOIN accounts ON accounts.id = users.account_id
    WHERE api_keys.token_hash = ?`,
);

/** Authenticates requests that carry the token of an API key. */
@Injectable()
export class ApiKeyAuthentication {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly uses: ApiKeyUses,
    private readonly context: RequestContext,
    private readonly clock: Clock,
  ) {}

  /**
   * Finds the key of a token, and returns the actor, who has only the privileges that the key's maker still has.
   * @throws Problem 401 when the key does not work, 403 when it cannot be used from the client's address
   */
  async authenticate(token: string): Promise<Actor> {
    const [key] = await FIND_API_KEY.rows(this.unitOfWork.manager, [tokenHash(token)]);
    if (!key) throw unauthorized('token_invalid', 'This API key is unknown: it was never issued.');
    const now = this.clock.now();
    const status = statusOf(key, now);
    if (status !== 'active') throw unauthorized(...REFUSALS[status]);
    const networks = splitWords(key.networks);
    if (networks.length > 0 && !isWithin(networks, this.context.origin?.ipAddress ?? null)) throw networkNotAllowed();
    await this.uses.save({ id: key.id, lastUsedAt: instantOf(key.lastUsedAt) }, now);
    const held = privilegesOf(key);
    return {
      kind: 'apiKey',
      accountId: key.accountId,
      accountName: key.accountName,
      userId: key.id,
      userName: `API key: ${key.name}`,
      userEmail: null,
      timeZone: key.timeZone,
      privileges: new Set(splitWords(key.keyPrivileges).filter((privilege) => held.some((own) => own === privilege))),
    };
  }
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
  maker_disabled: ['user_disabled', 'The user who created this API key was disabled. Use an API key of another user.'],
};

function networkNotAllowed(): Problem {
  const message = "This API key cannot be used from your IP address, which is not in any of the key's networks.";
  return Problem.forbidden('network_not_allowed', inHeader('Authorization'), message);
}
