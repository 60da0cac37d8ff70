import { HttpStatus, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ActivityType } from '../../audit/catalogue/activity-type';
import { AttemptRecorder } from '../../audit/tracking/attempt-recorder';
import type { TrackedRoute } from '../../audit/tracking/tracked.decorator';
import type { Actor } from '../../context/actor';
import { RequestContext } from '../../context/request-context';
import { Problem } from '../../http/problems/problem';
import { PUBLIC_BODY_LIMIT } from '../../http/server/body-limit.decorator';
import { readBody } from '../../http/server/request-body';
import type { Privilege } from '../privileges/privilege';
import { privilegeMissingMessage, type AccessRule } from './access-rule.decorator';
import type { RouteAccess } from './route-access';

/** Lets in the actors whom a route's rule allows, and records the attempts of all others. */
@Injectable()
export class PrivilegeGuard {
  constructor(
    private readonly context: RequestContext,
    private readonly attempts: AttemptRecorder,
  ) {}

  /**
   * Refuses the request unless the rule allows its actor. Of a refused request only a small body is read, for what the record of
   * the attempt tells; the record does without a body that is large, late or malformed.
   * @throws Problem 403, once the attempt is recorded
   */
  async assertAllowed({ rule, isForPeople, tracked }: RouteAccess, request: FastifyRequest): Promise<void> {
    if (rule === 'public') return;
    const { actor } = this.context;
    const refusal = isForPeople && actor.kind === 'apiKey' ? sessionRequired() : refusalOf(actor, rule);
    if (!refusal) return;
    if (request.routeOptions.config.takesBody === true) {
      request.body = await readBody(request, PUBLIC_BODY_LIMIT).catch(() => undefined);
    }
    await this.attempts.record(tracked ?? untrackedRoute, request, refusal);
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
  if (rule === 'own access') return actor.kind === 'apiKey' ? sessionRequired() : undefined;
  if (actor.kind === 'user' && actor.mustChangePassword) return passwordChangeRequired();
  if (rule === 'signed in' || rule.some((privilege) => actor.privileges.has(privilege))) return undefined;
  return privilegeMissing(rule);
}

/** The problem of an API key where only a person who logged in may be. */
function sessionRequired(): Problem {
  return new Problem(HttpStatus.FORBIDDEN, 'session_required', 'An API key cannot do this: log in as a user.');
}

function passwordChangeRequired(): Problem {
  return new Problem(
    HttpStatus.FORBIDDEN,
    'password_change_required',
    'Somebody else chose this password: change it first, with POST /v1/auth/password.',
  );
}

function privilegeMissing(privileges: readonly Privilege[]): Problem {
  return new Problem(HttpStatus.FORBIDDEN, 'privilege_missing', privilegeMissingMessage(privileges));
}
