import { HttpStatus, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { ActivityType } from '../../audit/activity-type';
import { AttemptRecorder } from '../../audit/attempt-recorder';
import { TRACKED, type TrackedRoute } from '../../audit/tracked.decorator';
import { Problem } from '../../common/problem';
import { RequestContext } from '../../context/request-context';
import { privilegeLabel, type Privilege } from '../privileges/privilege';
import { ACCESS_RULE, type AccessRule } from './access-rule.decorator';

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
    const { privileges } = this.context.actor;
    if (rule === 'signed in' || rule.some((privilege) => privileges.has(privilege))) return true;
    const refusal = privilegeMissing(rule);
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

function privilegeMissing(privileges: readonly Privilege[]): Problem {
  const labels = privileges.map((privilege) => `"${privilegeLabel(privilege)}"`).join(' or ');
  return new Problem(HttpStatus.FORBIDDEN, 'privilege_missing', `This needs the privilege ${labels}.`);
}
