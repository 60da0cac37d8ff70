import { HttpStatus, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { ActivityType } from '../../audit/activity-type';
import { AttemptRecorder } from '../../audit/attempt-recorder';
import { TRACKED, type TrackedRoute } from '../../audit/tracked.decorator';
import { Problem } from '../../common/problem';
import { RequestContext, type Actor } from '../../context/request-context';
import { privilegeLabel, type Privilege } from '../privileges/privilege';
import { ACCESS_RULE, PEOPLE_ONLY, type AccessRule } from './access-rule.decorator';

/** Lets in whoever the route's rule allows, and records whoever it does not. Without a rule nobody gets in. */
@Injectable()
export class PrivilegeGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly context: RequestContext,
    private readonly attempts: AttemptRecorder,
  ) {}

  async canActivate(execution: ExecutionContext): Promise<boolean> {
    const targets = [execution.getHandler(), execution.getClass()];
    const rule = this.reflector.getAllAndOverride<AccessRule | undefined>(ACCESS_RULE, targets) ?? [];
    if (rule === 'public') return true;
    const isForPeople = this.reflector.getAllAndOverride<boolean | undefined>(PEOPLE_ONLY, targets) ?? false;
    const { actor } = this.context;
    const refusal = isForPeople && actor.sessionId === undefined ? sessionRequired() : refusalOf(actor, rule);
    if (!refusal) return true;
    const route = this.reflector.get<TrackedRoute | undefined>(TRACKED, execution.getHandler()) ?? untrackedRoute;
    await this.attempts.record(route, execution.switchToHttp().getRequest<FastifyRequest>(), refusal);
    throw refusal;
  }
}

/** A denied attempt is recorded also where a granted one is not. */
const untrackedRoute: TrackedRoute = {
  typeOf: () => ActivityType.PageAccessed,
  attempted: (request) => ({ page: (request as FastifyRequest).routeOptions.url ?? '' }),
};

/** Why the rule keeps the actor out, if it does. */
function refusalOf(actor: Actor, rule: Exclude<AccessRule, 'public'>): Problem | undefined {
  if (rule === 'identified') return undefined;
  if (rule === 'own access') return actor.sessionId === undefined ? sessionRequired() : undefined;
  if (actor.mustChangePassword) return passwordChangeRequired();
  if (rule === 'signed in' || rule.some((privilege) => actor.privileges.has(privilege))) return undefined;
  return privilegeMissing(rule);
}

/** The problem of an API key where only a person who logged in may be. */
function sessionRequired(): Problem {
  return new Problem(HttpStatus.FORBIDDEN, 'session_required', 'An API key can not do this: log in as a user.');
}

function passwordChangeRequired(): Problem {
  return new Problem(
    HttpStatus.FORBIDDEN,
    'password_change_required',
    'Somebody else chose this password: change it first, with POST /v1/auth/password.',
  );
}

function privilegeMissing(privileges: readonly Privilege[]): Problem {
  const labels = privileges.map((privilege) => `"${privilegeLabel(privilege)}"`).join(' or ');
  return new Problem(HttpStatus.FORBIDDEN, 'privilege_missing', `This needs the privilege ${labels}.`);
}
