import { HttpStatus, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { ACCESS_RULE, type AccessRule } from '../access/rules/access-rule.decorator';
import { Clock } from '../common/clock';
import { Problem } from '../common/problem';
import { RequestContext } from '../context/request-context';
import { actorOf } from './actor';
import { SESSION_TOKEN, SessionsRepository } from './sessions.repository';

/** Finds out who acts. Asks the database each time, so that what was revoked or changed holds from the next request on. */
@Injectable()
export class AuthenticationGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: SessionsRepository,
    private readonly context: RequestContext,
    private readonly clock: Clock,
  ) {}

  async canActivate(execution: ExecutionContext): Promise<boolean> {
    const targets = [execution.getHandler(), execution.getClass()];
    if (this.reflector.getAllAndOverride<AccessRule | undefined>(ACCESS_RULE, targets) === 'public') return true;
    const token = bearerToken(execution.switchToHttp().getRequest<FastifyRequest>());
    const session = await this.sessions.find(token);
    if (!session) throw unauthorized('token_invalid', SESSION_ENDED);
    if (session.expiresAt <= this.clock.now())
      throw unauthorized('token_expired', 'The session has expired: log in again.');
    const member = await this.sessions.findMemberById(session.userId);
    if (member?.user.status !== 'active') throw unauthorized('user_disabled', 'The user of this session is disabled.');
    if (member.user.disabledAt && session.createdAt <= member.user.disabledAt)
      throw unauthorized('token_invalid', SESSION_ENDED);
    this.context.identify(actorOf(member, session.tokenHash));
    return true;
  }
}

const SESSION_ENDED = 'This token is not known: it was never given out, or its session has ended.';

function bearerToken({ headers }: FastifyRequest): string {
  if (!headers.authorization)
    throw unauthorized('token_missing', 'Log in, then send the token as "Authorization: Bearer …".');
  const [scheme, token = ''] = headers.authorization.split(' ');
  if (scheme?.toLowerCase() === 'bearer' && SESSION_TOKEN.test(token)) return token;
  throw unauthorized('token_malformed', 'The Authorization header must be "Bearer " and a token of this service.');
}

function unauthorized(code: string, message: string): Problem {
  const errors = [{ field: 'Authorization', code, message }];
  return new Problem(HttpStatus.UNAUTHORIZED, code, message, errors, { 'WWW-Authenticate': 'Bearer' });
}
