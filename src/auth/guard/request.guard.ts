import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PrivilegeGuard } from '../../access/guard/privilege.guard';
import type { RouteAccess } from '../../access/guard/route-access';
import type { Actor } from '../../context/actor';
import { RequestContext } from '../../context/request-context';
import { unauthorized } from '../../http/problems/unauthorized';
import { ApiKeyAuthentication } from '../api-keys/api-key-authentication';
import { API_KEY_TOKENS } from '../api-keys/api-key-token';
import { SessionAuthentication } from '../sessions/session-authentication';
import { SESSION_TOKENS } from '../sessions/sessions.repository';

/**
 * Authenticates and authorises a request before its body is read. It reads the database for every request, so that a
 * revocation or a change of privileges takes effect with the next one.
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
   * Passes a Problem 401 or 403 to `done`. A hook for Fastify's `onRequest`, without a promise for public routes: on
   * Node.js 20, each promise of a request takes about a microsecond.
   */
  readonly check = (request: FastifyRequest, _reply: FastifyReply, done: (error?: Error) => void): void => {
    // Every other route has an access rule: see `RouteRules.declare` and `OPEN_ACCESS`.
    if (request.is404) {
      done();
      return;
    }
    const { access } = request.routeOptions.config;
    if (!access) done(new Error(`The route ${request.routeOptions.url ?? request.url} has no access rule.`));
    else if (access.rule === 'public') done();
    else
      this.authorize(request, access).then(() => {
        done();
      }, done);
  };

  private async authorize(request: FastifyRequest, access: RouteAccess): Promise<void> {
    this.context.identify(await this.authenticate(bearerToken(request)));
    await this.privileges.assertAllowed(access, request);
  }

  /**
   * Checks the access of a request that was let in before and has stayed open. Records nothing.
   * @throws Problem 401 or 403
   */
  async recheck(request: FastifyRequest): Promise<void> {
    const { access } = request.routeOptions.config;
    if (!access || access.rule === 'public') return;
    const refusal = this.privileges.findRefusal(access, await this.authenticate(bearerToken(request)));
    if (refusal) throw refusal;
  }

  private authenticate(token: string): Promise<Actor> {
    if (SESSION_TOKENS.pattern.test(token)) return this.sessions.authenticate(token);
    if (API_KEY_TOKENS.pattern.test(token)) return this.apiKeys.authenticate(token);
    throw tokenMalformed();
  }
}

function bearerToken({ headers }: FastifyRequest): string {
  if (!headers.authorization)
    throw unauthorized('token_missing', 'Log in, then send the token as "Authorization: Bearer …".');
  const [scheme, token = ''] = headers.authorization.split(' ');
  if (scheme?.toLowerCase() === 'bearer') return token;
  throw tokenMalformed();
}

function tokenMalformed() {
  return unauthorized('token_malformed', 'The Authorization header must be "Bearer " and a token of this service.');
}
