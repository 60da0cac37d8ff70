import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { PrivilegeGuard } from '../../access/guard/privilege.guard';
import type { Actor } from '../../context/actor';
import { RequestContext } from '../../context/request-context';
import { unauthorized } from '../../http/problems/unauthorized';
import { ApiKeyAuthentication } from '../api-keys/api-key-authentication';
import { API_KEY_TOKENS } from '../api-keys/api-key-token';
import { SessionAuthentication } from '../sessions/session-authentication';
import { SESSION_TOKENS } from '../sessions/sessions.repository';

/**
 * Finds out who acts in a request, and whether they may, before its body is read. It reads the database each time, so that what was
 * revoked or changed holds from the next request on.
 */
@Injectable()
export class RequestGuard {
  constructor(
    private readonly sessions: SessionAuthentication,
    private readonly apiKeys: ApiKeyAuthentication,
    private readonly context: RequestContext,
    private readonly privileges: PrivilegeGuard,
  ) {}

  /**
   * Hook `onRequest` of Fastify.
   * @throws Problem 401 or 403
   */
  readonly check = async (request: FastifyRequest): Promise<void> => {
    // Every other route has its access: see `closeByDefault`.
    if (request.is404) return;
    const access = request.routeOptions.config.access!;
    if (access.rule === 'public') return;
    this.context.identify(await this.actorOf(bearerToken(request)));
    await this.privileges.assertAllowed(access, request);
  };

  private actorOf(token: string): Promise<Actor> {
    if (SESSION_TOKENS.pattern.test(token)) return this.sessions.actorOf(token);
    if (API_KEY_TOKENS.pattern.test(token)) return this.apiKeys.actorOf(token);
    throw malformed();
  }
}

function bearerToken({ headers }: FastifyRequest): string {
  if (!headers.authorization)
    throw unauthorized('token_missing', 'Log in, then send the token as "Authorization: Bearer …".');
  const [scheme, token = ''] = headers.authorization.split(' ');
  if (scheme?.toLowerCase() === 'bearer') return token;
  throw malformed();
}

function malformed() {
  return unauthorized('token_malformed', 'The Authorization header must be "Bearer " and a token of this service.');
}
