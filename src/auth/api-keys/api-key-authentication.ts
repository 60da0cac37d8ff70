import { Injectable } from '@nestjs/common';
import { MembersRepository } from '../../access/members/members.repository';
import type { Actor } from '../../context/actor';
import { RequestContext } from '../../context/request-context';
import { Problem } from '../../http/problems/problem';
import { inHeader } from '../../http/problems/request-field';
import { unauthorized } from '../../http/problems/unauthorized';
import { isWithin } from '../../lib/network';
import { Clock } from '../../lib/time/clock';
import { apiKeyActor } from './api-key-actor';
import { ApiKeyUses } from './api-key-uses';
import { apiKeyStatus, type ApiKeyStatus } from './api-key.rules';
import { ApiKeysRepository } from './api-keys.repository';

/** Authenticates requests that carry the token of an API key. */
@Injectable()
export class ApiKeyAuthentication {
  constructor(
    private readonly keys: ApiKeysRepository,
    private readonly members: MembersRepository,
    private readonly uses: ApiKeyUses,
    private readonly context: RequestContext,
    private readonly clock: Clock,
  ) {}

  /**
   * Finds the key of a token, and returns the actor.
   * @throws Problem 401 when the key does not work, 403 when it cannot be used from the client's address
   */
  async authenticate(token: string): Promise<Actor> {
    const key = await this.keys.findByToken(token);
    const maker = key && (await this.members.findById(key.makerId));
    if (!maker) throw unauthorized('token_invalid', 'This API key is unknown: it was never issued.');
    const now = this.clock.now();
    const status = apiKeyStatus(key, maker.user, now);
    if (status !== 'active') throw unauthorized(...REFUSALS[status]);
    if (key.networks.length > 0 && !isWithin(key.networks, this.context.origin?.ipAddress ?? null))
      throw networkNotAllowed();
    await this.uses.save(key, now);
    return apiKeyActor(key, maker);
  }
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
