import { Injectable } from '@nestjs/common';
import { UsersRepository } from '../../access/members/users.repository';
import type { AccountCatalogue } from '../../audit/catalogue/activity-catalogue';
import { activityUnknown, type ActivityCode } from '../../audit/catalogue/activity-code';
import { ApiKeysRepository } from '../../auth/api-keys/api-keys.repository';
import { RequestContext } from '../../context/request-context';
import { Problem } from '../../http/problems/problem';
import { inQuery } from '../../http/problems/request-field';
import { readInterval } from '../../http/validation/read-interval';
import { Clock } from '../../lib/time/clock';
import { resolvePreset, type Interval } from '../../lib/time/interval';
import type { TimeZone } from '../../lib/time/zoned-time';
import type { ActivityFilter } from './reading/activity-filter';
import type { UsersActivityFilter } from './users-activity.dto';

/** Turns the query of a request into a filter of the actor's account, and checks what it names. */
@Injectable()
export class ActivityFilterResolver {
  constructor(
    private readonly context: RequestContext,
    private readonly users: UsersRepository,
    private readonly apiKeys: ApiKeysRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * Returns the filter of a query, with its interval in milliseconds since 1970.
   * @param catalogue the account's activity types
   * @throws Problem 400 when the interval or an activity type is invalid, 404 when there is no such user or API key
   */
  async resolve(query: UsersActivityFilter, catalogue: AccountCatalogue): Promise<ActivityFilter> {
    const { accountId, timeZone: accountZone } = this.context.actor;
    const timeZone = query.timeZone ?? accountZone;
    const interval = this.resolveInterval(query, timeZone);
    assertKnown(query.activity ?? [], catalogue);
    await this.assertUsersKnown(accountId, query.userId ?? []);
    return {
      accountId,
      userIds: query.userId ?? [],
      activities: query.activity ?? [],
      outcomes: query.outcome ?? [],
      interval,
      timeZone,
      order: query.order ?? 'desc',
    };
  }

  private resolveInterval({ interval, from, to }: UsersActivityFilter, timeZone: TimeZone): Interval {
    const now = this.clock.now();
    const isCustom = from !== undefined || to !== undefined;
    if (interval !== undefined && isCustom) {
      throw Problem.badRequest(
        'interval_ambiguous',
        inQuery('interval'),
        'Send either interval, or from and to, but not both.',
      );
    }
    return isCustom ? readInterval(from, to, now, timeZone) : resolvePreset(interval ?? 'last_30_days', now, timeZone);
  }

  private async assertUsersKnown(accountId: string, userIds: readonly string[]): Promise<void> {
    const users = await this.users.findAll(accountId, userIds);
    const others = userIds.filter((id) => !users.some((user) => user.id === id));
    const keys = await this.apiKeys.findAll(accountId, others);
    const unknown = others.find((id) => !keys.some((key) => key.id === id));
    if (unknown !== undefined)
      throw Problem.notFound(
        'user_not_found',
        inQuery('userId'),
        `There is no user and no API key with the id ${unknown}.`,
      );
  }
}

function assertKnown(activities: readonly ActivityCode[], catalogue: AccountCatalogue): void {
  const unknown = activities.filter((code) => !catalogue.has(code));
  if (unknown.length === 0) return;
  throw Problem.badRequest('activity_unknown', inQuery('activity'), `activity ${activityUnknown(unknown)}.`);
}
