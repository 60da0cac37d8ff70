import { Injectable } from '@nestjs/common';
import { UsersRepository } from '../../access/members/users.repository';
import type { AccountCatalogue } from '../../audit/catalogue/activity-catalogue';
import { activityUnknown, type ActivityCode } from '../../audit/catalogue/activity-code';
import { ApiKeysRepository } from '../../auth/api-keys/api-keys.repository';
import { RequestContext } from '../../context/request-context';
import { Problem } from '../../http/problems/problem';
import { inQuery } from '../../http/problems/request-field';
import { readInterval } from '../../http/validation/read-interval';
import { spellingsOf } from '../../lib/network';
import { Clock } from '../../lib/time/clock';
import { resolvePreset, type Interval } from '../../lib/time/interval';
import type { TimeZone } from '../../lib/time/zoned-time';
import type { ActivityConditions, ActivityFilter } from './activity-filter';
import type { UsersActivityFilter } from './activity-filter.dto';
import { readAmountRange } from './amount-range';

/** The parameters of a filter, without those of its interval and its order. */
export type ConditionsQuery = Omit<UsersActivityFilter, 'interval' | 'from' | 'to' | 'timeZone' | 'order'>;

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
    const conditions = await this.resolveConditions(query, catalogue);
    return { ...conditions, accountId, interval, timeZone, order: query.order ?? 'desc' };
  }

  /**
   * Returns what a query requires of an activity, apart from its account and its time.
   * @throws Problem as `resolve` does
   */
  async resolveConditions(query: ConditionsQuery, catalogue: AccountCatalogue): Promise<ActivityConditions> {
    const { accountId } = this.context.actor;
    const amounts = readAmountRange(query);
    assertKnown('activity', query.activity, catalogue);
    assertKnown('excludeActivity', query.excludeActivity, catalogue);
    const groupActivities = findGroupActivities(query.activityGroup, catalogue);
    await this.assertUsersKnown(accountId, 'userId', query.userId);
    await this.assertUsersKnown(accountId, 'excludeUserId', query.excludeUserId);
    return {
      userIds: query.userId ?? [],
      excludedUserIds: query.excludeUserId ?? [],
      userEmails: query.userEmail ?? [],
      activities: query.activity ?? [],
      activityGroups: query.activityGroup ?? [],
      groupActivities,
      excludedActivities: query.excludeActivity ?? [],
      outcomes: query.outcome ?? [],
      orderReferences: query.orderReference ?? [],
      subscriptionReferences: query.subscriptionReference ?? [],
      ipAddresses: (query.ipAddress ?? []).flatMap(spellingsOf),
      requestIds: query.requestId ?? [],
      senders: query.sentBy ?? [],
      ...(amounts && { amounts }),
      ...(query.q !== undefined && { text: query.q }),
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

  private async assertUsersKnown(accountId: string, field: string, userIds: readonly string[] = []): Promise<void> {
    if (userIds.length === 0) return;
    const users = await this.users.findAll(accountId, userIds);
    const others = userIds.filter((id) => !users.some((user) => user.id === id));
    const keys = await this.apiKeys.findAll(accountId, others);
    const unknown = others.find((id) => !keys.some((key) => key.id === id));
    if (unknown !== undefined)
      throw Problem.notFound(
        'user_not_found',
        inQuery(field),
        `There is no user and no API key with the id ${unknown}.`,
      );
  }
}

function assertKnown(field: string, codes: readonly ActivityCode[] = [], catalogue: AccountCatalogue): void {
  const unknown = codes.filter((code) => !catalogue.has(code));
  if (unknown.length === 0) return;
  throw Problem.badRequest('activity_unknown', inQuery(field), `${field} ${activityUnknown(unknown)}.`);
}

/** Returns the codes of the activity types in groups. @throws Problem 400 if the account has no such group */
function findGroupActivities(groups: readonly string[] = [], catalogue: AccountCatalogue): readonly ActivityCode[] {
  return groups.flatMap((group) => {
    const codes = catalogue.codesOfGroup(group);
    if (codes.length > 0) return codes;
    throw Problem.badRequest(
      'activity_group_unknown',
      inQuery('activityGroup'),
      `activityGroup has an unknown group, "${group}"; GET /v1/activity-types lists the group of each activity type.`,
    );
  });
}
