import { Injectable } from '@nestjs/common';
import type { ActivityFilter } from '../../activities/filter/activity-filter';
import type { UsersActivityFilter } from '../../activities/filter/activity-filter.dto';
import { ActivityFilterResolver } from '../../activities/filter/activity-filter.resolver';
import { filterDetails, summarizeFilter } from '../../activities/filter/filter-summary';
import { ActivityCatalogue, type AccountCatalogue } from '../../audit/catalogue/activity-catalogue';
import { ActivityType } from '../../audit/catalogue/activity-type';
import { CurrentActivity } from '../../audit/recording/current-activity';
import { RepeatedReads } from '../../audit/tracking/repeated-reads';
import { RequestContext } from '../../context/request-context';
import { readCursor, writeCursor } from '../../http/paging/cursor';
import { Problem } from '../../http/problems/problem';
import { inQuery } from '../../http/problems/request-field';
import { ActivityReader } from './reading/activity.reader';
import type { IdBounds } from './reading/report-query';
import type { ReportExport } from './exports/report-export';
import { ReportExports } from './exports/report-exports';
import type { ExportFormat } from './formats/export-format';
import type { ReportFormat } from './report-format';
import { readReportPosition, type ReportPosition } from './report-position';
import type { UsersActivityQuery } from './users-activity.dto';
import { usersActivityPage, type UsersActivityPage } from './users-activity.view';

/** How a report is sent, and to what client. */
export interface ReportVariant {
  readonly format: ReportFormat;
  /** Whether the client accepts gzip. */
  readonly gzip: boolean;
  /** Returns whether the client has closed the connection. */
  readonly hasLeft: () => boolean;
}
type ExportVariant = ReportVariant & { readonly format: ExportFormat };
/** The filter of an export, with the parameters that some formats have. */
type ExportQuery = UsersActivityFilter & Omit<UsersActivityQuery, keyof UsersActivityFilter>;

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

  /** Returns one page of the report as JSON, or the whole report in another format. */
  async build(query: UsersActivityQuery, variant: ReportVariant): Promise<UsersActivityPage | ReportExport> {
    const { format } = variant;
    if (format !== 'json') return this.export(query, { ...variant, format });
    const catalogue = await this.catalogue.load(this.context.actor.accountId);
    return this.buildPage(query, await this.filters.resolve(query, catalogue), catalogue);
  }

  /** Returns the whole report. */
  async export(query: ExportQuery, { format, gzip, hasLeft }: ExportVariant): Promise<ReportExport> {
    const catalogue = await this.catalogue.load(this.context.actor.accountId);
    const filter = await this.filters.resolve(query, catalogue);
    this.activity.describe(ActivityType.ReportExported, {
      comment: summarizeFilter(filter, catalogue),
      details: filterDetails(filter),
    });
    refuseForExport(query, format);
    const { columns, bom } = query;
    return this.exports.start(filter, catalogue, { format, columns, bom, gzip }, hasLeft);
  }

  /** Refuses a query that the report would refuse before it reads a row. */
  async check(query: ExportQuery, format: ReportFormat): Promise<void> {
    const filter = await this.filters.resolve(query, await this.catalogue.load(this.context.actor.accountId));
    if (format === 'json') readCursorOf(query, filter);
    else refuseForExport(query, format);
  }

  private async buildPage(
    { limit = 50, ...query }: UsersActivityQuery,
    resolved: ActivityFilter,
    catalogue: AccountCatalogue,
  ): Promise<UsersActivityPage> {
    const { position, cursorFilter } = readCursorOf(query, resolved);
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
    const record = await this.repeatedReads.findRecord(position?.record, { maxAge: MAX_WALK });
    const fixed = { from, to, upTo: bounds?.upTo };
    const positionAfter = (after: string): ReportPosition => ({ after, record, fixed });
    const nextCursor = next === undefined ? null : writeCursor(positionAfter(next), cursorFilter);
    return usersActivityPage(filter, rows, nextCursor, catalogue);
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

/** Returns where a page starts: undefined for the first one. Refuses parameters that only an export has. */
function readCursorOf({ cursor, columns, bom, ...query }: ExportQuery, filter: ActivityFilter) {
  refuse({ columns, bom }, 'json');
  const cursorFilter = filterOfCursor(query, filter);
  const read = (fields: Readonly<Record<string, unknown>>) => readReportPosition(fields, filter.order);
  return { cursorFilter, position: cursor === undefined ? undefined : readCursor(cursor, cursorFilter, read) };
}

/** Refuses parameters that an export, or its format, does not have. */
function refuseForExport({ limit, cursor, columns, bom }: ExportQuery, format: ExportFormat): void {
  refuse({ limit, cursor, ...(format === 'ndjson' && { columns }), ...(format !== 'csv' && { bom }) }, format);
}

/** Refuses parameters that a format does not have. */
function refuse(parameters: Readonly<Record<string, unknown>>, format: ReportFormat): void {
  const [name] = Object.entries(parameters).find(([, value]) => value !== undefined) ?? [];
  if (name === undefined) return;
  const reason = REASONS[name] ?? 'An export always contains the whole report.';
  throw Problem.badRequest(`not_with_${format}`, inQuery(name), `${reason} Leave ${name} out.`);
}

const REASONS: Readonly<Record<string, string>> = {
  columns: 'Only a CSV or an XLSX file has columns that can be chosen.',
  bom: 'Only a CSV can have a byte order mark.',
};

/**
 * Returns the filter that a cursor belongs to, with the interval as the request names it: `last_30_days` stays the same
 * every day. A group stays the same when a custom activity type is added to it.
 */
function filterOfCursor({ interval, from, to }: UsersActivityQuery, filter: ActivityFilter): unknown {
  return ['users-activity', { ...filter, groupActivities: undefined, interval: interval ?? { from, to } }];
}
