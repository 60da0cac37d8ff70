import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, SelectQueryBuilder } from 'typeorm';
import type { AccountCatalogue } from '../../audit/catalogue/activity-catalogue';
import { Activity } from '../../audit/recording/activity.entity';
import { READ_SOURCE } from '../../database/sources/data-sources';
import { last } from '../../lib/elements';
import { lowestIdAt } from '../../lib/time-ordered-id';
import type { ActivityFilter } from './activity-filter';
import { stretchesOf } from './index-stretch';
import { StretchReader, type IdBounds } from './stretch.reader';

/** What a report reads of an activity. */
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

export type ReportedActivity = Pick<Activity, (typeof REPORT_COLUMNS)[number]>;
/** Raw rows skip the entity's transformer: drivers return 64-bit integers as text. */
type RawActivity = Omit<ReportedActivity, 'amount'> & { readonly amount: number | string | null };

/** Rows that an export reads at once: enough to be fast, few enough to stay small. */
const BATCH = 5000;
/** Ids that an export reads of a stretch at once: few, because it may read hundreds of stretches side by side. */
const IDS_AT_ONCE = 1000;

/** Reads activities in report order, from the source for reports. */
@Injectable()
export class ActivityReader {
  constructor(
    @InjectDataSource(READ_SOURCE) private readonly source: DataSource,
    private readonly stretches: StretchReader,
  ) {}

  /**
   * The id of the newest activity of the filter, or undefined where it has none. A walk from the oldest on ends there:
   * what is written meanwhile comes after it.
   */
  async newestId(filter: ActivityFilter, catalogue: AccountCatalogue): Promise<string | undefined> {
    const [newest] = await this.read({ ...filter, order: 'desc' }, catalogue, 1);
    return newest?.id;
  }

  /** Reads the next activities. */
  async read(
    filter: ActivityFilter,
    catalogue: AccountCatalogue,
    take: number,
    { after, upTo }: IdBounds = {},
  ): Promise<ReportedActivity[]> {
    const stretches = stretchesOf(filter, catalogue.codes);
    if (!stretches) return this.readAccount(filter, take, { after, upTo });
    const page = await this.stretches.ids(filter, stretches, { take, size: take }, { after, upTo }).next();
    return page.done ? [] : this.readById(filter, page.value);
  }

  /**
   * Reads every activity of the filter, in batches, so that memory does not grow with the report. It returns once it has
   * the first batch: a database that is away can still be answered with a 503.
   */
  async readAll(filter: ActivityFilter, catalogue: AccountCatalogue): Promise<AsyncIterable<ReportedActivity[]>> {
    const batches = this.batches(filter, catalogue);
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

  private async *batches(filter: ActivityFilter, catalogue: AccountCatalogue): AsyncGenerator<ReportedActivity[]> {
    const upTo = filter.order === 'asc' ? await this.newestId(filter, catalogue) : undefined;
    if (filter.order === 'asc' && upTo === undefined) return;
    const stretches = stretchesOf(filter, catalogue.codes);
    if (stretches) {
      const batches = this.stretches.ids(filter, stretches, { take: IDS_AT_ONCE, size: BATCH }, { upTo });
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
    return rowsOf(this.select(accountId, order).andWhere('activity.id IN (:...ids)', { ids }));
  }

  /** Reads in the order that the table is stored in, and looks at each row. */
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
    return rowsOf(query);
  }

  private select(accountId: string, order: ActivityFilter['order']): SelectQueryBuilder<Activity> {
    const query = this.source.createQueryBuilder(Activity, 'activity').select([]);
    for (const column of REPORT_COLUMNS) query.addSelect(`activity.${column}`, column);
    return query
      .where('activity.accountId = :accountId', { accountId })
      .orderBy('activity.id', order === 'desc' ? 'DESC' : 'ASC');
  }
}

async function rowsOf(query: SelectQueryBuilder<Activity>): Promise<ReportedActivity[]> {
  const rows = await query.getRawMany<RawActivity>();
  return rows.map((row) => ({ ...row, amount: row.amount === null ? null : Number(row.amount) }));
}
