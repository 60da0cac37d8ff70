import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { ACCESS_RULE, type AccessRule } from '../access/rules/access-rule.decorator';
import { RequestContext, type Actor } from '../context/request-context';
import { ApiKeyAuthentication } from './api-keys/api-key-authentication';
import { API_KEY_TOKEN } from './api-keys/api-key-token';
import { SessionAuthentication } from './session-authentication';
import { SESSION_TOKEN } from './sessions.repository';
import { unauthorized } from './unauthorized';

/** Finds out who acts. Asks the database each time, so that what was revoked or changed holds from the next request on. */
@Injectable()
export class AuthenticationGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: SessionAuthentication,
    private readonly apiKeys: ApiKeyAuthentication,
    private readonly context: RequestContext,
  ) {}

  async canActivate(execution: ExecutionContext): Promise<boolean> {
    const targets = [execution.getHandler(), execution.getClass()];
    if (this.reflector.getAllAndOverride<AccessRule | undefined>(ACCESS_RULE, targets) === 'public') return true;
    this.context.identify(await this.actorOf(bearerToken(execution.switchToHttp().getRequest<FastifyRequest>())));
    return true;
  }

  private actorOf(token: string): Promise<Actor> {
    if (SESSION_TOKEN.test(token)) return this.sessions.actorOf(token);
    if (API_KEY_TOKEN.test(token)) return this.apiKeys.actorOf(token);
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
