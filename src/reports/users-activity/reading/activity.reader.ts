import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import type { ActivityFilter } from '../../../activities/filter/activity-filter';
import { createTextTest, findByTexts, SEARCHED_COLUMNS } from '../../../activities/filter/text-search';
import {
  REPORTED_COLUMNS,
  reportedActivity,
  type ReportedActivity,
  type ShownActivity,
  type StoredActivity,
} from '../../../activities/rows/reported-activity';
import type { AccountCatalogue } from '../../../audit/catalogue/activity-catalogue';
import { recordedTimesQuery } from '../../../audit/ledger/recorded-times';
import { indexHint } from '../../../database/dialect';
import type { ReadQuery } from '../../../database/sources/read-connection';
import { READ_SOURCE } from '../../../database/sources/data-sources';
import { readInstant } from '../../../database/stored-instant';
import { last } from '../../../lib/elements';
import { isCovered, planReading, type ReadPlan, type WindowPlan } from './read-plan';
import { idsQuery, rangeQuery, rowsQuery, scanQuery, someIdsQuery, type IdBounds, type Scope } from './report-query';
import { windowEnd, windowEndsQuery, windowQuery } from './row-window';

/** Rows of a page, and where the next page starts. */
export interface PageRows<Activity = ShownActivity> {
  readonly rows: Activity[];
  /** The last id that was looked at: the next page starts after it. Undefined if this is the last page. */
  readonly next: string | undefined;
}

/**
 * The most rows that are looked at for one page, or the most rows of each user if a filter names several of them. A page
 * of a filter that few of these rows match can have fewer rows than its limit, or none, although it is not the last one.
 */
export const MAX_LOOKED_AT = 10_000;
/** Maximum rows and first number of rows that a statement looks at, and the factor by which the number grows. */
const MAX_WINDOW = 5000;
const FIRST_WINDOW = 500;
const GROWTH = 4;
/** The maximum for a filter with a text, which is tested in this thread. */
const MAX_WINDOW_OF_TEXTS = 1000;
/** If index ranges have at most this many rows, all of them are read at once, whether they match or not. */
const FEW = 1000;

/** Reads pages of the activities that match a filter, in the order of the report, through the read connection. */
@Injectable()
export class ActivityReader {
  private readonly indexHint = (index: string) => indexHint(this.source, index);

  constructor(@InjectDataSource(READ_SOURCE) private readonly source: DataSource) {}

  /**
   * Finds the id of the account's newest activity in the interval, whether it matches the filter or not; undefined if
   * there is none. A report that starts with the oldest activity ends at this id, so that it does not include
   * activities that are recorded while it is read.
   */
  async findNewestId(scope: Scope): Promise<string | undefined> {
    const [newest] = await this.query<{ id: string }>(scanQuery('id', { ...scope, order: 'desc' }, 1, {}));
    return newest?.id;
  }

  /** Finds one activity of an account. */
  async find(accountId: string, id: string): Promise<ShownActivity | undefined> {
    const rows = await this.readRows(rowsQuery(REPORTED_COLUMNS, { accountId, order: 'asc' }, [id]));
    const [activity] = await this.addRecordedTimes(accountId, rows);
    return activity;
  }

  /** Reads the first rows that match the filter and are within the bounds: at most `limit`. */
  async readPage(
    filter: ActivityFilter,
    catalogue: AccountCatalogue,
    limit: number,
    bounds: IdBounds = {},
  ): Promise<PageRows> {
    const { rows, next } = await this.findRows(filter, catalogue, limit, bounds);
    return { rows: await this.addRecordedTimes(filter.accountId, rows), next };
  }

  private async findRows(
    filter: ActivityFilter,
    catalogue: AccountCatalogue,
    limit: number,
    bounds: IdBounds,
  ): Promise<PageRows<ReportedActivity>> {
    const plan = planReading(filter, catalogue.codes);
    const { ranges, isSelective, isSelectiveByUser, byActivity } = plan;
    const take = limit + 1;
    if (byActivity && (await this.hasFewRows(filter, byActivity, bounds)))
      return pageRows(await this.readWindow(filter, byActivity, take, bounds), limit, undefined);
    if (ranges?.length === 0 || !(isSelective || isSelectiveByUser))
      return pageRows(await this.readMatching(filter, plan, take, bounds), limit, undefined);
    return this.readWindows(filter, plan, limit, bounds);
  }

  /** Returns whether the index ranges of a plan have so few rows that all of them can be read at once. */
  private async hasFewRows(filter: ActivityFilter, { ranges = [] }: WindowPlan, bounds: IdBounds): Promise<boolean> {
    const [first, ...others] = ranges;
    if (!first) return true;
    const some = await this.query(someIdsQuery(filter, [first, ...others], FEW + 1, bounds, this.indexHint));
    return some.length <= FEW;
  }

  /** Reads rows that can be found without looking at many others. */
  private async readMatching(
    filter: ActivityFilter,
    { ranges, conditions }: ReadPlan,
    take: number,
    bounds: IdBounds,
  ): Promise<ReportedActivity[]> {
    if (!ranges) return this.readRows(scanQuery(REPORTED_COLUMNS, filter, take, bounds));
    const [range, ...others] = ranges;
    if (!range) return [];
    if (others.length === 0)
      return this.readRows(rangeQuery(REPORTED_COLUMNS, filter, range, conditions, take, bounds, this.indexHint));
    const found = await this.query<{ id: string }>(idsQuery(filter, ranges, conditions, take, bounds, this.indexHint));
    // MySQL and MariaDB have the same rows in the ranges of two texts that differ in spaces at their end.
    const ids = [...new Set(found.map(({ id }) => id))].sort();
    if (filter.order === 'desc') ids.reverse();
    return this.readRowsOf(filter, ids.slice(0, take));
  }

  /** Looks at one window of rows after the other, until the page is full or enough rows have been looked at. */
  private async readWindows(
    filter: ActivityFilter,
    plan: ReadPlan,
    limit: number,
    bounds: IdBounds,
  ): Promise<PageRows<ReportedActivity>> {
    const { ranges = [], isSelectiveByUser } = plan;
    const shares = isSelectiveByUser ? ranges.length : 1;
    const maxWindow = filter.text === undefined ? MAX_WINDOW : MAX_WINDOW_OF_TEXTS;
    const rows: ReportedActivity[] = [];
    let { after } = bounds;
    let left = MAX_LOOKED_AT;
    let size = Math.max(FIRST_WINDOW, limit);
    do {
      const rest = { ...bounds, after };
      const ends = await this.query<{ id: string }>(windowEndsQuery(filter, plan, size * shares, rest, this.indexHint));
      after = windowEnd(
        filter,
        ends.map(({ id }) => id),
      );
      const take = limit + 1 - rows.length;
      const window = { ...rest, through: after };
      const found = isSelectiveByUser
        ? await this.readMatching(filter, plan, take, window)
        : await this.readWindow(filter, plan, take, window);
      rows.push(...found);
      left -= size;
      size = Math.min(size * GROWTH, maxWindow, left);
    } while (after !== undefined && rows.length <= limit && left > 0);
    return pageRows(rows, limit, after);
  }

  /** Reads the first rows of a window that match the filter: at most `take`. */
  private async readWindow(
    filter: ActivityFilter,
    plan: WindowPlan,
    take: number,
    bounds: IdBounds,
  ): Promise<ReportedActivity[]> {
    const test = createTextTest(filter);
    if (!test && isCovered(plan)) {
      const found = await this.query<{ id: string }>(windowQuery('id', filter, plan, bounds, this.indexHint, take));
      return this.readRowsOf(
        filter,
        found.map(({ id }) => id),
      );
    }
    if (!test) return this.readRows(windowQuery(REPORTED_COLUMNS, filter, plan, bounds, this.indexHint, take));
    const texts = await this.query<Readonly<Record<string, unknown>> & { readonly id: string }>(
      windowQuery(['id', ...SEARCHED_COLUMNS].join(', '), filter, plan, bounds, this.indexHint),
    );
    const matching = await findByTexts(texts, test, (row) => SEARCHED_COLUMNS.map((column) => row[column]));
    return this.readRowsOf(
      filter,
      matching.slice(0, take).map(({ id }) => id),
    );
  }

  private async readRowsOf(filter: ActivityFilter, ids: readonly string[]): Promise<ReportedActivity[]> {
    return ids.length > 0 ? this.readRows(rowsQuery(REPORTED_COLUMNS, filter, ids)) : [];
  }

  /**
   * Adds the times at which records got their places in the ledger. Reads them with a separate query, because a join
   * would make the database choose other plans for the rows.
   */
  private async addRecordedTimes(accountId: string, rows: readonly ReportedActivity[]): Promise<ShownActivity[]> {
    if (rows.length === 0) return [];
    const ids = rows.map(({ id }) => id);
    const entries = await this.query<{ readonly id: string; readonly recordedAt: string | Date }>(
      recordedTimesQuery(accountId, ids, this.indexHint),
    );
    const times = new Map(entries.map(({ id, recordedAt }) => [id, readInstant(recordedAt)]));
    return rows.map((row) => ({ ...row, recordedAt: times.get(row.id) ?? null }));
  }

  private async readRows(query: ReadQuery): Promise<ReportedActivity[]> {
    const rows = await this.query<StoredActivity>(query);
    return rows.map(reportedActivity);
  }

  private query<Row>({ sql, values }: ReadQuery): Promise<Row[]> {
    return this.source.query<Row[]>(sql, [...values]);
  }
}

/** @param after the last id that was looked at; undefined if there is none after it */
function pageRows(rows: ReportedActivity[], limit: number, after: string | undefined): PageRows<ReportedActivity> {
  if (rows.length <= limit) return { rows, next: after };
  const page = rows.slice(0, limit);
  return { rows: page, next: last(page).id };
}
