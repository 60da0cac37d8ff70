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

/** The number of rows that an export reads in one query: enough to be fast, few enough to need little memory. */
const BATCH_SIZE = 5000;
/**
 * The number of ids that an export reads from an index range in one query. It is smaller than a batch, because an
 * export can merge hundreds of ranges, and holds the ids of all of them in memory.
 */
const IDS_PER_RANGE = 1000;

/** Reads the activities that match a filter, in the order of the report, through the read connection. */
@Injectable()
export class ActivityReader {
  constructor(
    @InjectDataSource(READ_SOURCE) private readonly source: DataSource,
    private readonly ranges: IndexRangeReader,
  ) {}

  /**
   * Finds the id of the newest activity that matches the filter; undefined if there is none. A report that starts with
   * the oldest activity ends at this id, so that it does not include activities that are recorded while it is read.
   */
  async findNewestId(filter: ActivityFilter, catalogue: AccountCatalogue): Promise<string | undefined> {
    const [newest] = await this.read({ ...filter, order: 'desc' }, catalogue, 1);
    return newest?.id;
  }

  /** Reads the first `take` activities that match the filter and are within the bounds. */
  async read(
    filter: ActivityFilter,
    catalogue: AccountCatalogue,
    take: number,
    { after, upTo }: IdBounds = {},
  ): Promise<ReportedActivity[]> {
    const ranges = planIndexRanges(filter, catalogue.codes);
    if (!ranges) return this.scanAccount(filter, take, { after, upTo });
    const sizes = { idsPerRange: take, batchSize: take };
    const batch = await this.ranges.readIds(filter, ranges, sizes, { after, upTo }).next();
    return batch.done ? [] : this.readByIds(filter, batch.value);
  }

  /**
   * Reads all activities that match the filter in batches, so that memory does not grow with the report. Reads the
   * first batch before it returns, so that the response can still be a 503 if the database is unavailable.
   */
  async readAll(filter: ActivityFilter, catalogue: AccountCatalogue): Promise<AsyncIterable<ReportedActivity[]>> {
    const batches = this.readBatches(filter, catalogue);
    const firstBatch = await batches.next();
    return (async function* () {
      try {
        if (firstBatch.done) return;
        yield firstBatch.value;
        yield* batches;
      } finally {
        // Ends the generator even if the reader stops after the first batch.
        await batches.return(undefined);
      }
    })();
  }

  private async *readBatches(filter: ActivityFilter, catalogue: AccountCatalogue): AsyncGenerator<ReportedActivity[]> {
    const upTo = filter.order === 'asc' ? await this.findNewestId(filter, catalogue) : undefined;
    if (filter.order === 'asc' && upTo === undefined) return;
    const ranges = planIndexRanges(filter, catalogue.codes);
    if (ranges) {
      const sizes = { idsPerRange: IDS_PER_RANGE, batchSize: BATCH_SIZE };
      const batches = this.ranges.readIds(filter, ranges, sizes, { upTo });
      for await (const ids of batches) yield await this.readByIds(filter, ids);
      return;
    }
    let after: string | undefined;
    do {
      const rows = await this.scanAccount(filter, BATCH_SIZE, { after, upTo });
      if (rows.length > 0) yield rows;
      after = rows.length < BATCH_SIZE ? undefined : last(rows).id;
    } while (after !== undefined);
  }

  private readByIds({ accountId, order }: ActivityFilter, ids: readonly string[]): Promise<ReportedActivity[]> {
    return readRows(this.select(accountId, order).andWhere('activity.id IN (:...ids)', { ids }));
  }

  /** Reads the account's rows in the order of their ids, and skips those that do not match the filter. */
  private scanAccount(filter: ActivityFilter, take: number, { after, upTo }: IdBounds): Promise<ReportedActivity[]> {
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
