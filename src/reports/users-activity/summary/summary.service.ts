import { Injectable } from '@nestjs/common';
import type { ActivityFilter } from '../../../activities/filter/activity-filter';
import { ActivityFilterResolver } from '../../../activities/filter/activity-filter.resolver';
import { filterDetails, summarizeFilter } from '../../../activities/filter/filter-summary';
import { ActivityCatalogue, type AccountCatalogue } from '../../../audit/catalogue/activity-catalogue';
import { ActivityType } from '../../../audit/catalogue/activity-type';
import { CurrentActivity } from '../../../audit/recording/current-activity';
import { Config } from '../../../config/config';
import { RequestContext } from '../../../context/request-context';
import { inQuery, type RequestField } from '../../../http/problems/request-field';
import { CLIENT_LEFT } from '../../../http/server/client-left';
import { Clock } from '../../../lib/time/clock';
import { ZonedClock } from '../../../lib/time/zoned-time';
import { KnownActors } from '../choices/known-actors';
import { isColumnGrouping, isTimeGrouping } from '../counting/grouping';
import { divideByTime } from '../counting/time-bucket';
import { ExportPool } from '../exports/export-pool';
import { ReportExports } from '../exports/report-exports';
import { FirstActivity } from './first-activity';
import { GroupValues } from './group-values';
import { assertGroupingsFit, assertRowsBounded, countSummaryDays, summaryTooLarge } from './summary-bounds';
import { SummaryGroups, type GroupActor } from './summary-groups';
import { SummaryRows, summaryTotals } from './summary-rows';
import { runSummary } from './summary-run';
import type { UsersActivitySummaryQuery } from './summary.dto';
import type { UsersActivitySummary } from './summary.view';

/** Counts the activities of the report, and sums their amounts. */
@Injectable()
export class SummaryService {
  constructor(
    private readonly context: RequestContext,
    private readonly catalogue: ActivityCatalogue,
    private readonly filters: ActivityFilterResolver,
    private readonly first: FirstActivity,
    private readonly exports: ReportExports,
    private readonly pool: ExportPool,
    private readonly actors: KnownActors,
    private readonly activity: CurrentActivity,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /** @param hasLeft returns whether the client has left, so that the summary is stopped */
  async summarize(query: UsersActivitySummaryQuery, hasLeft: () => boolean): Promise<UsersActivitySummary> {
    const catalogue = await this.catalogue.load(this.context.actor.accountId);
    const filter = await this.resolve(query, catalogue);
    const { groupBy } = query;
    const { order: _, ...details } = filterDetails(filter);
    this.activity.describe(ActivityType.ReportSummarized, {
      comment: `${summarizeFilter(filter, catalogue)}; by ${groupBy.join(' and ')}`,
      details: { ...details, groupBy },
    });
    assertGroupingsFit(groupBy);
    const groups = await this.count(filter, catalogue, query, hasLeft);
    const { timeZone, interval } = filter;
    const clock = ZonedClock.of(timeZone);
    const actors = await this.actors.find(filter.accountId, idsIn(groups));
    return {
      timeZone,
      interval: { from: clock.rfc3339(interval.from), to: clock.rfc3339(interval.to) },
      groupBy,
      data: new SummaryRows(groupBy, catalogue, actors).of(groups.list()),
      totals: summaryTotals(groups.totals),
    };
  }

  /** Refuses a query that the summary would refuse before it counts a row. */
  async check(query: UsersActivitySummaryQuery): Promise<void> {
    const catalogue = await this.catalogue.load(this.context.actor.accountId);
    const { interval, timeZone } = await this.resolve(query, catalogue);
    assertGroupingsFit(query.groupBy);
    countSummaryDays(interval, timeZone, intervalFieldOf(query));
  }

  /** Resolves the filter. A summary without `from` starts with the first record, which is not earlier than needed. */
  private async resolve(query: UsersActivitySummaryQuery, catalogue: AccountCatalogue): Promise<ActivityFilter> {
    const filter = await this.filters.resolve(query, catalogue);
    if (query.from !== undefined || query.to === undefined) return filter;
    const { accountId, interval } = filter;
    const from = (await this.first.findMoment(accountId, interval)) ?? interval.to;
    return { ...filter, interval: { ...interval, from } };
  }

  private async count(
    filter: ActivityFilter,
    catalogue: AccountCatalogue,
    query: UsersActivitySummaryQuery,
    hasLeft: () => boolean,
  ): Promise<SummaryGroups> {
    const { interval, timeZone, accountId } = filter;
    const { groupBy } = query;
    const field = intervalFieldOf(query);
    const days = countSummaryDays(interval, timeZone, field);
    const groupings = groupBy.filter(isColumnGrouping);
    const buckets = divideByTime(interval, timeZone, groupBy.filter(isTimeGrouping));
    const values = groupings.length > 0 ? new GroupValues(groupings, catalogue) : undefined;
    const groups = new SummaryGroups(buckets, values && ((key) => values.of(key)));
    const seconds = this.config.SUMMARY_TIMEOUT_SECONDS;
    const deadline = this.clock.now().getTime() + seconds * 1000;
    const release = this.exports.take(accountId);
    try {
      await runSummary({ filter, codes: catalogue.codes, groupings, buckets }, (task) => this.pool.countSlice(task), {
        add: (bucket, counted) => {
          groups.add(bucket, counted);
        },
        isAlone: () => this.exports.hasFreeThreads(),
        check: (done) => {
          if (hasLeft()) throw CLIENT_LEFT;
          assertRowsBounded(groups.size);
          if (done < 1 && this.clock.now().getTime() > deadline) throw summaryTooLarge(seconds, days, done, field);
        },
      });
    } finally {
      release();
    }
    return groups;
  }
}

/** Returns the parameter that the interval of a query begins with. */
function intervalFieldOf({ from, to }: UsersActivitySummaryQuery): RequestField {
  return inQuery(from !== undefined || to !== undefined ? 'from' : 'interval');
}

/** Returns the ids of the users and API keys of the groups. */
function idsIn(groups: SummaryGroups): string[] {
  const values = groups.allValues.flat().filter((value): value is GroupActor => typeof value === 'object');
  return [...new Set(values.flatMap(({ id }) => id ?? []))];
}
