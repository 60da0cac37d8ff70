import { Injectable } from '@nestjs/common';
import { ActivityCatalogue, type AccountCatalogue } from '../../audit/catalogue/activity-catalogue';
import { ActivityType } from '../../audit/catalogue/activity-type';
import { CurrentActivity } from '../../audit/recording/current-activity';
import { RequestContext } from '../../context/request-context';
import { cursorInvalid, readCursor, writeCursor, type Cursor } from '../../http/paging/cursor';
import { Problem } from '../../http/problems/problem';
import { inQuery } from '../../http/problems/request-field';
import type { ActivityFilter } from './activity-filter';
import { ActivityFilterResolver } from './activity-filter.resolver';
import { ActivityReader } from './activity.reader';
import { csvExport, type CsvExport } from './csv-export';
import { filterDetails, filterSummary } from './filter-summary';
import type { ReportFormat } from './report-format';
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
    const walk = cursor === undefined ? undefined : readCursor(cursor, belongsTo);
    const filter = walk ? { ...resolved, interval: fixedInterval(walk) } : resolved;
    this.activity.describe(ActivityType.ReportBuilt, {
      comment: filterSummary(filter, catalogue),
      details: { ...filterDetails(filter), isFirstPage: !walk },
    });
    const upTo = await this.findEnd(filter, catalogue, walk);
    const rows =
      upTo === NOTHING ? [] : await this.reader.read(filter, catalogue, limit + 1, { after: walk?.after, upTo });
    const shown = rows.slice(0, limit);
    const fixed = { ...filter.interval, ...(upTo !== undefined && { upTo }) };
    const nextCursor = rows.length > limit ? writeCursor({ after: shown.at(-1)!.id, fixed }, belongsTo) : null;
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

  /** Finds where a walk from the oldest on ends: at what was the newest when it began. The other way there is no need. */
  private async findEnd(
    filter: ActivityFilter,
    catalogue: AccountCatalogue,
    walk: Cursor | undefined,
  ): Promise<string | undefined> {
    if (filter.order === 'desc') return undefined;
    if (!walk) return (await this.reader.newestId(filter, catalogue)) ?? NOTHING;
    if (typeof walk.fixed?.upTo !== 'string') throw cursorInvalid();
    return walk.fixed.upTo;
  }
}

const NOTHING = '';
/** The last moment that a date can be. */
const END_OF_TIME = 8.64e15;

/** A cursor belongs to the request's own words, in which a relative interval stays the same from day to day. */
function cursorFilter({ interval, from, to }: UsersActivityQuery, filter: ActivityFilter): unknown {
  return ['users-activity', { ...filter, interval: interval ?? [from, to] }];
}

/** The interval as it was when the walk began: midnight must not move it. */
function fixedInterval({ fixed }: Cursor): ActivityFilter['interval'] {
  const { from, to } = fixed ?? {};
  const isInterval = typeof from === 'number' && typeof to === 'number' && from >= 0 && to <= END_OF_TIME;
  if (!isInterval) throw cursorInvalid();
  return { from, to };
}
