import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import type { AccountCatalogue } from '../../../audit/catalogue/activity-catalogue';
import type { Activity } from '../../../audit/recording/activity.entity';
import { indexHint } from '../../../database/dialect';
import type { ReadQuery } from '../../../database/sources/read-connection';
import { READ_SOURCE } from '../../../database/sources/data-sources';
import type { ActivityFilter } from './activity-filter';
import { planIndexRanges, type IndexRange } from './index-range';
import { idsQuery, rangeQuery, rowsQuery, scanQuery, type IdBounds } from './report-query';

/** The columns of a record that a page of the report shows, by the names of its properties. */
const COLUMNS = {
  id: 'id',
  userId: 'user_id',
  userName: 'user_name',
  userEmail: 'user_email',
  activity: 'activity',
  outcome: 'outcome',
  subscriptionReference: 'subscription_reference',
  orderReference: 'order_reference',
  amount: 'amount',
  currency: 'currency',
  billingCycles: 'billing_cycles',
  comment: 'comment',
  page: 'page',
  ipAddress: 'ip_address',
  userAgent: 'user_agent',
  requestId: 'request_id',
  sentBy: 'sent_by',
  details: 'details',
} as const satisfies Partial<Record<keyof Activity, string>>;

const SELECTED = Object.entries(COLUMNS)
  .map(([property, column]) => `${column} AS ${property}`)
  .join(', ');

/** A record as a page of the report shows it. */
export type ReportedActivity = Omit<Pick<Activity, keyof typeof COLUMNS>, 'details'> & {
  /** JSON. */
  readonly details: string | null;
};
/** A row as the driver returns it: a 64-bit integer can be text. */
type StoredActivity = Omit<ReportedActivity, 'amount'> & { readonly amount: number | string | null };

/** Reads pages of the activities that match a filter, in the order of the report, through the read connection. */
@Injectable()
export class ActivityReader {
  private readonly indexHint = (index: string) => indexHint(this.source, index);

  constructor(@InjectDataSource(READ_SOURCE) private readonly source: DataSource) {}

  /**
   * Finds the id of the newest activity that matches the filter; undefined if there is none. A report that starts with
   * the oldest activity ends at this id, so that it does not include activities that are recorded while it is read.
   */
  async findNewestId(filter: ActivityFilter, catalogue: AccountCatalogue): Promise<string | undefined> {
    const [newest] = await this.read({ ...filter, order: 'desc' }, catalogue, 1);
    return newest?.id;
  }

  /** Finds one activity of an account. */
  async find(accountId: string, id: string): Promise<ReportedActivity | undefined> {
    const [activity] = await this.readRows(rowsQuery(SELECTED, { accountId, order: 'asc' }, [id]));
    return activity;
  }

  /** Reads the first `take` activities that match the filter and are within the bounds. */
  async read(
    filter: ActivityFilter,
    catalogue: AccountCatalogue,
    take: number,
    bounds: IdBounds = {},
  ): Promise<ReportedActivity[]> {
    const ranges = planIndexRanges(filter, catalogue.codes);
    const [range, ...others] = ranges ?? [];
    if (ranges && others.length > 0) return this.readRanges(filter, ranges, take, bounds);
    return this.readRows(
      range
        ? rangeQuery(SELECTED, filter, range, take, bounds, this.indexHint)
        : scanQuery(SELECTED, filter, take, bounds),
    );
  }

  /** Reads the first ids of each range, and then the rows of those that come first in the report. */
  private async readRanges(
    filter: ActivityFilter,
    ranges: readonly IndexRange[],
    take: number,
    bounds: IdBounds,
  ): Promise<ReportedActivity[]> {
    const { sql, values } = idsQuery(filter, ranges, take, bounds, this.indexHint);
    const rows = await this.source.query<{ id: string }[]>(sql, [...values]);
    const ids = rows.map(({ id }) => id).sort();
    if (filter.order === 'desc') ids.reverse();
    return ids.length > 0 ? this.readRows(rowsQuery(SELECTED, filter, ids.slice(0, take))) : [];
  }

  private async readRows({ sql, values }: ReadQuery): Promise<ReportedActivity[]> {
    const rows = await this.source.query<StoredActivity[]>(sql, [...values]);
    return rows.map((row) => ({ ...row, amount: row.amount === null ? null : Number(row.amount) }));
  }
}
