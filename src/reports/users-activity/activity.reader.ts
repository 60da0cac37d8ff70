import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, SelectQueryBuilder } from 'typeorm';
import type { AccountCatalogue } from '../../audit/catalogue/activity-catalogue';
import { Activity } from '../../audit/recording/activity.entity';
import { READ_SOURCE } from '../../database/sources/data-sources';
import { last } from '../../lib/elements';
import { lowestIdAt } from '../../lib/time-ordered-id';
import type { ActivityFilter } from './activity-filter';
import { planIndexRanges } from './index-range';
import { IndexRangeReader, type IdBounds } from './index-range.reader';

/** The columns of a record that a report reads. */
export const REPORT_COLUMNS = [
  'id',
  'userId',
  'userName',
  'activity',
  'outcome',
  'subscriptionReference',
  'orderReference',
  'amount',
  'currency',
  'billingCycles',
  'comment',
  'page',
  'ipAddress',
  'userAgent',
  'requestId',
  'sentBy',
] as const satisfies readonly (keyof Activity)[];

/** A record as a report reads it. */
export type ReportedActivity = Pick<Activity, (typeof REPORT_COLUMNS)[number]>;
/** A row as the driver returns it: a 64-bit integer can be text, because the entity's transformer is skipped. */
type RawActivity = Omit<ReportedActivity, 'amount'> & { readonly amount: number | string | null };

/** Rows that an export reads at once: enough to be fast, few enough to need little memory. */
const BATCH = 5000;
/** Ids that an export reads from an index range at once: fewer, because it can merge hundreds of ranges. */
const IDS_AT_ONCE = 1000;

/** Reads the activities of a filter in report order, through the read connection. */
@Injectable()
export class ActivityReader {
  constructor(
    @InjectDataSource(READ_SOURCE) private readonly source: DataSource,
    private readonly ranges: IndexRangeReader,
  ) {}

  /**
   * Finds the id of the newest activity of the filter; undefined when there is none. A report with the oldest activity
   * first ends there, because the activities that are recorded in the meantime come after it.
   */
  async findNewestId(filter: ActivityFilter, catalogue: AccountCatalogue): Promise<string | undefined> {
    const [newest] = await this.read({ ...filter, order: 'desc' }, catalogue, 1);
    return newest?.id;
  }

  /** Reads the first `take` activities between the bounds. */
  async read(
    filter: ActivityFilter,
    catalogue: AccountCatalogue,
    take: number,
    { after, upTo }: IdBounds = {},
  ): Promise<ReportedActivity[]> {
    const ranges = planIndexRanges(filter, catalogue.codes);
    if (!ranges) return this.readAccount(filter, take, { after, upTo });
    const page = await this.ranges.readIds(filter, ranges, { take, size: take }, { after, upTo }).next();
    return page.done ? [] : this.readById(filter, page.value);
  }

  /**
   * Reads all activities of the filter in batches, so that memory does not grow with the report. Returns once it has
   * read the first batch, so that the response can still be a 503 when the database is unavailable.
   */
  async readAll(filter: ActivityFilter, catalogue: AccountCatalogue): Promise<AsyncIterable<ReportedActivity[]>> {
    const batches = this.readBatches(filter, catalogue);
    const first = await batches.next();
    return (async function* () {
      try {
        if (first.done) return;
        yield first.value;
        yield* batches;
      } finally {
        await batches.return(undefined);
      }
    })();
  }

  private async *readBatches(filter: ActivityFilter, catalogue: AccountCatalogue): AsyncGenerator<ReportedActivity[]> {
    const upTo = filter.order === 'asc' ? await this.findNewestId(filter, catalogue) : undefined;
    if (filter.order === 'asc' && upTo === undefined) return;
    const ranges = planIndexRanges(filter, catalogue.codes);
    if (ranges) {
      const batches = this.ranges.readIds(filter, ranges, { take: IDS_AT_ONCE, size: BATCH }, { upTo });
      for await (const ids of batches) yield await this.readById(filter, ids);
      return;
    }
    let after: string | undefined;
    do {
      const rows = await this.readAccount(filter, BATCH, { after, upTo });
      if (rows.length > 0) yield rows;
      after = rows.length < BATCH ? undefined : last(rows).id;
    } while (after !== undefined);
  }

  private readById({ accountId, order }: ActivityFilter, ids: readonly string[]): Promise<ReportedActivity[]> {
    return readRows(this.select(accountId, order).andWhere('activity.id IN (:...ids)', { ids }));
  }

  /** Reads the rows of the account in the order of the table, and compares each with the filter. */
  private readAccount(filter: ActivityFilter, take: number, { after, upTo }: IdBounds): Promise<ReportedActivity[]> {
    const { accountId, activities, outcomes, interval, order } = filter;
    const query = this.select(accountId, order)
      .andWhere('activity.id >= :first', { first: lowestIdAt(new Date(interval.from)) })
      .andWhere('activity.id < :end', { end: lowestIdAt(new Date(interval.to)) })
      .limit(take);
    if (activities.length > 0) query.andWhere('activity.activity IN (:...activities)', { activities });
    if (outcomes.length > 0) query.andWhere('activity.outcome IN (:...outcomes)', { outcomes });
    if (after !== undefined) query.andWhere(`activity.id ${order === 'desc' ? '<' : '>'} :after`, { after });
    if (upTo !== undefined) query.andWhere('activity.id <= :upTo', { upTo });
    return readRows(query);
  }

  private select(accountId: string, order: ActivityFilter['order']): SelectQueryBuilder<Activity> {
    const query = this.source.createQueryBuilder(Activity, 'activity').select([]);
    for (const column of REPORT_COLUMNS) query.addSelect(`activity.${column}`, column);
    return query
      .where('activity.accountId = :accountId', { accountId })
      .orderBy('activity.id', order === 'desc' ? 'DESC' : 'ASC');
  }
}

async function readRows(query: SelectQueryBuilder<Activity>): Promise<ReportedActivity[]> {
  const rows = await query.getRawMany<RawActivity>();
  return rows.map((row) => ({ ...row, amount: row.amount === null ? null : Number(row.amount) }));
}
