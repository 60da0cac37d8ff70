import { HttpStatus, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ActivityType } from '../../audit/catalogue/activity-type';
import { AttemptRecorder } from '../../audit/tracking/attempt-recorder';
import type { TrackedRoute } from '../../audit/tracking/tracked-route';
import type { Actor } from '../../context/actor';
import { RequestContext } from '../../context/request-context';
import { Problem } from '../../http/problems/problem';
import { inHeader } from '../../http/problems/request-field';
import { unauthorized } from '../../http/problems/unauthorized';
import { PUBLIC_BODY_LIMIT } from '../../http/server/body-limit.decorator';
import { readBody } from '../../http/server/request-body';
import type { Privilege } from '../privileges/privilege';
import { privilegeMissingMessage, type AccessRule } from './access-rule.decorator';
import type { RouteAccess } from './route-access';

/** Checks that the access rule of a route allows the actor, and records refused attempts. */
@Injectable()
export class PrivilegeGuard {
  constructor(
    private readonly context: RequestContext,
    private readonly attempts: AttemptRecorder,
  ) {}

  /**
   * Refuses the request unless the rule allows its actor. The body of a refused request is read only if it is small,
   * because the record of the attempt quotes it. A large, slow or malformed body is left out of the record.
   * @throws Problem 403, after the attempt was recorded
   */
  async assertAllowed(access: RouteAccess, request: FastifyRequest): Promise<void> {
    if (access.rule === 'public') return;
    const refusal = this.findRefusal(access, this.context.actor);
    if (!refusal) return;
    if (request.routeOptions.config.takesBody === true) {
      request.body = await readBody(request, PUBLIC_BODY_LIMIT).catch(() => undefined);
    }
    await this.attempts.record(access.tracked ?? UNTRACKED_ROUTE, request, refusal);
    throw refusal;
  }

  /** Returns the problem 403 if the rule does not allow the actor. */
  findRefusal({ rule, isForPeople }: RouteAccess, actor: Actor): Problem | undefined {
    if (rule === 'public') return undefined;
    if (actor.kind === 'apiKey' && actor.isOutsideNetworks) return networkNotAllowed();
    return isForPeople && actor.kind === 'apiKey' ? sessionRequired() : findRefusal(actor, rule);
  }
}

/** Describes a denied attempt on a route that is not tracked: denied attempts are always recorded. */
const UNTRACKED_ROUTE: TrackedRoute = {
  typeOf: () => ActivityType.PageAccessed,
  describeAttempt: (request) => ({ page: (request as FastifyRequest).routeOptions.url ?? '' }),
};

/** Returns the problem when the rule does not allow the actor. */
function findRefusal(actor: Actor, rule: Exclude<AccessRule, 'public'>): Problem | undefined {
  if (rule === 'identified') return undefined;
  if (rule === 'own access') return actor.kind === 'apiKey' ? sessionRequired() : undefined;
  if (actor.kind === 'user' && actor.mustChangePassword) return passwordChangeRequired();
  if (rule === 'signed in' || rule.some((privilege) => actor.privileges.has(privilege))) return undefined;
  return privilegeMissing(rule);
}

/** Returns the problem of a request from outside the networks of its API key. */
function networkNotAllowed(): Problem {
  const message = "This API key cannot be used from your IP address, which is not in any of the key's networks.";
  return Problem.forbidden('network_not_allowed', inHeader('Authorization'), message);
}

/** Returns the problem of an API key on a route that requires a session. */
function sessionRequired(): Problem {
  return new Problem(HttpStatus.FORBIDDEN, 'session_required', 'An API key cannot do this: log in as a user.');
}

function passwordChangeRequired(): Problem {
  return new Problem(
    HttpStatus.FORBIDDEN,
    'password_change_required',
    'Another user set this password. Change it first with POST /v1/auth/password.',
  );
}

/** Returns the problem of a session whose user is disabled. */
export function userDisabled(): Problem {
  return unauthorized('user_disabled', 'The user of this session is disabled.');
}

/** Returns the problem of an actor who has none of the privileges that a route requires. */
export function privilegeMissing(privileges: readonly Privilege[]): Problem {
  return new Problem(HttpStatus.FORBIDDEN, 'privilege_missing', privilegeMissingMessage(privileges));
}
