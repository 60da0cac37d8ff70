import { Injectable } from '@nestjs/common';
import { ActivityCatalogue, type AccountCatalogue } from '../../audit/catalogue/activity-catalogue';
import { ActivityType } from '../../audit/catalogue/activity-type';
import { CurrentActivity } from '../../audit/recording/current-activity';
import { RepeatedReads } from '../../audit/tracking/repeated-reads';
import { RequestContext } from '../../context/request-context';
import { readCursor, writeCursor } from '../../http/paging/cursor';
import { Problem } from '../../http/problems/problem';
import { inQuery } from '../../http/problems/request-field';
import type { ActivityFilter } from './reading/activity-filter';
import { ActivityFilterResolver } from './activity-filter.resolver';
import { ActivityReader } from './reading/activity.reader';
import type { IdBounds } from './reading/report-query';
import type { ReportExport } from './exports/report-export';
import { ReportExports } from './exports/report-exports';
import { filterDetails, summarizeFilter } from './filter-summary';
import type { ReportVariant } from './report-format';
import { readReportPosition, type ReportPosition } from './report-position';
import type { UsersActivityQuery } from './users-activity.dto';
import { usersActivityPage, type UsersActivityPage } from './users-activity.view';

/** Milliseconds in which all pages of a walk share the record of the first one. */
const MAX_WALK = 24 * 60 * 60_000;

/** Builds and exports the Users activity report. */
@Injectable()
export class UsersActivityService {
  constructor(
    private readonly context: RequestContext,
    private readonly catalogue: ActivityCatalogue,
    private readonly filters: ActivityFilterResolver,
    private readonly reader: ActivityReader,
    private readonly exports: ReportExports,
    private readonly activity: CurrentActivity,
    private readonly repeatedReads: RepeatedReads,
  ) {}

  /** Returns one page of the report as JSON, or the whole report as CSV. */
  async build(query: UsersActivityQuery, { format, gzip }: ReportVariant): Promise<UsersActivityPage | ReportExport> {
    const catalogue = await this.catalogue.load(this.context.actor.accountId);
    const filter = await this.filters.resolve(query, catalogue);
    return format === 'csv' ? this.export(query, filter, catalogue, gzip) : this.buildPage(query, filter, catalogue);
  }

  private async buildPage(
    { limit = 50, cursor, ...query }: UsersActivityQuery,
    resolved: ActivityFilter,
    catalogue: AccountCatalogue,
  ): Promise<UsersActivityPage> {
    const cursorFilter = filterOfCursor(query, resolved);
    const read = (fields: Readonly<Record<string, unknown>>) => readReportPosition(fields, resolved.order);
    const position = cursor === undefined ? undefined : readCursor(cursor, cursorFilter, read);
    const { from, to } = position?.fixed ?? resolved.interval;
    const filter = { ...resolved, interval: { from, to } };
    this.activity.describe(ActivityType.ReportBuilt, {
      comment: summarizeFilter(filter, catalogue),
      details: filterDetails(filter),
    });
    const bounds = position ? { after: position.after, upTo: position.fixed.upTo } : await this.findFirstBounds(filter);
    const { rows, next } = bounds
      ? await this.reader.readPage(filter, catalogue, limit, bounds)
      : { rows: [], next: undefined };
    const record = await this.repeatedReads.findRecord(position?.record, MAX_WALK);
    const fixed = { from, to, upTo: bounds?.upTo };
    const positionAfter = (after: string): ReportPosition => ({ after, record, fixed });
    const nextCursor = next === undefined ? null : writeCursor(positionAfter(next), cursorFilter);
    return usersActivityPage(filter, rows, nextCursor, catalogue);
  }

  private async export(
    { limit, cursor, bom }: UsersActivityQuery,
    filter: ActivityFilter,
    catalogue: AccountCatalogue,
    gzip: boolean,
  ): Promise<ReportExport> {
    this.activity.describe(ActivityType.ReportExported, {
      comment: summarizeFilter(filter, catalogue),
      details: filterDetails(filter),
    });
    const paging = cursor !== undefined ? 'cursor' : limit !== undefined ? 'limit' : undefined;
    if (paging)
      throw Problem.badRequest(
        'not_with_csv',
        inQuery(paging),
        `A CSV always contains the whole report. Leave ${paging} out.`,
      );
    return this.exports.start(filter, catalogue, { bom: bom ?? false, gzip });
  }

  /**
   * Finds the bounds of the first page; undefined when the report is empty. With the oldest activity first, the report
   * ends at the activity that is the newest now. With the newest first it needs no bound, because later activities come
   * before it.
   */
  private async findFirstBounds(filter: ActivityFilter): Promise<IdBounds | undefined> {
    if (filter.order === 'desc') return {};
    const upTo = await this.reader.findNewestId(filter);
    return upTo === undefined ? undefined : { upTo };
  }
}

/**
 * Returns the filter that a cursor belongs to, with the interval as the request names it: `last_30_days` stays the same
 * every day. A group stays the same when a custom activity type is added to it.
 */
function filterOfCursor({ interval, from, to }: UsersActivityQuery, filter: ActivityFilter): unknown {
  return ['users-activity', { ...filter, groupActivities: undefined, interval: interval ?? [from, to] }];
}
