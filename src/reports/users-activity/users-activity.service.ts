import { Injectable } from '@nestjs/common';
import { ActivityCatalogue, type AccountCatalogue } from '../../audit/catalogue/activity-catalogue';
import { ActivityType } from '../../audit/catalogue/activity-type';
import { CurrentActivity } from '../../audit/recording/current-activity';
import { RequestContext } from '../../context/request-context';
import { readCursor, writeCursor } from '../../http/paging/cursor';
import { Problem } from '../../http/problems/problem';
import { inQuery } from '../../http/problems/request-field';
import { last } from '../../lib/elements';
import type { ActivityFilter } from './activity-filter';
import { ActivityFilterResolver } from './activity-filter.resolver';
import { ActivityReader } from './activity.reader';
import { csvExport, type CsvExport } from './csv-export';
import { filterDetails, filterSummary } from './filter-summary';
import type { ReportFormat } from './report-format';
import { readReportPosition, type ReportPosition } from './report-position';
import type { IdBounds } from './stretch.reader';
import type { UsersActivityQuery } from './users-activity.dto';
import { usersActivityPage, type UsersActivityPage } from './users-activity.view';

/** The Users activity report: who did what, when, to which order or subscription, for how much. */
@Injectable()
export class UsersActivityService {
  constructor(
    private readonly context: RequestContext,
    private readonly catalogue: ActivityCatalogue,
    private readonly filters: ActivityFilterResolver,
    private readonly reader: ActivityReader,
    private readonly activity: CurrentActivity,
  ) {}

  /** Builds a page, or the whole report as CSV. */
  async report(query: UsersActivityQuery, format: ReportFormat): Promise<UsersActivityPage | CsvExport> {
    const catalogue = await this.catalogue.load(this.context.actor.accountId);
    const filter = await this.filters.resolve(query, catalogue);
    return format === 'csv' ? this.export(query, filter, catalogue) : this.page(query, filter, catalogue);
  }

  private async page(
    { limit = 50, cursor, ...query }: UsersActivityQuery,
    resolved: ActivityFilter,
    catalogue: AccountCatalogue,
  ): Promise<UsersActivityPage> {
    const belongsTo = cursorFilter(query, resolved);
    const read = (fields: Readonly<Record<string, unknown>>) => readReportPosition(fields, resolved.order);
    const position = cursor === undefined ? undefined : readCursor(cursor, belongsTo, read);
    const { from, to } = position?.fixed ?? resolved.interval;
    const filter = { ...resolved, interval: { from, to } };
    this.activity.describe(ActivityType.ReportBuilt, {
      comment: filterSummary(filter, catalogue),
      details: { ...filterDetails(filter), isFirstPage: !position },
    });
    const bounds = position
      ? { after: position.after, upTo: position.fixed.upTo }
      : await this.firstBounds(filter, catalogue);
    const rows = bounds ? await this.reader.read(filter, catalogue, limit + 1, bounds) : [];
    const shown = rows.slice(0, limit);
    const next = () => ({ after: last(shown).id, fixed: { from, to, upTo: bounds?.upTo } }) satisfies ReportPosition;
    const nextCursor = rows.length > limit ? writeCursor(next(), belongsTo) : null;
    return usersActivityPage(filter, shown, nextCursor, catalogue);
  }

  private async export(
    { limit, cursor, bom }: UsersActivityQuery,
    filter: ActivityFilter,
    catalogue: AccountCatalogue,
  ): Promise<CsvExport> {
    this.activity.describe(ActivityType.ReportExported, {
      comment: filterSummary(filter, catalogue),
      details: filterDetails(filter),
    });
    const paging = cursor !== undefined ? 'cursor' : limit !== undefined ? 'limit' : undefined;
    if (paging)
      throw Problem.badRequest(
        'not_with_csv',
        inQuery(paging),
        `The CSV is always the whole report: leave ${paging} out.`,
      );
    return csvExport(filter, await this.reader.readAll(filter, catalogue), catalogue, bom ?? false);
  }

  /**
   * The bounds of a walk that begins, or undefined where there is nothing to walk through. One from the oldest on ends at what
   * is the newest now; the other way nothing that is written meanwhile comes in.
   */
  private async firstBounds(filter: ActivityFilter, catalogue: AccountCatalogue): Promise<IdBounds | undefined> {
    if (filter.order === 'desc') return {};
    const upTo = await this.reader.newestId(filter, catalogue);
    return upTo === undefined ? undefined : { upTo };
  }
}

/** A cursor belongs to the request's own words, in which a relative interval stays the same from day to day. */
function cursorFilter({ interval, from, to }: UsersActivityQuery, filter: ActivityFilter): unknown {
  return ['users-activity', { ...filter, interval: interval ?? [from, to] }];
}
