import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, SelectQueryBuilder } from 'typeorm';
import { Activity } from '../../audit/activity.entity';
import { lowestIdAt } from '../../common/time-ordered-id';
import { READ_SOURCE } from '../../database/data-sources';
import type { ActivityFilter } from './activity-filter';

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
] as const satisfies readonly (keyof Activity)[];

export type ReportedActivity = Pick<Activity, (typeof REPORT_COLUMNS)[number]>;
/** Raw rows skip the entity's transformer: drivers return 64-bit integers as text. */
type RawActivity = Omit<ReportedActivity, 'amount'> & { readonly amount: number | string | null };

/** Rows that an export reads at once: enough to be fast, few enough to stay small. */
const BATCH = 5000;

/** Reads activities in report order, from the source for reports. */
@Injectable()
export class ActivityReader {
  constructor(@InjectDataSource(READ_SOURCE) private readonly source: DataSource) {}

  /**
   * The id of the newest activity of the filter, or undefined where it has none. A walk from the oldest on ends there:
   * what is written meanwhile comes after it.
   */
  async newestId(filter: ActivityFilter): Promise<string | undefined> {
    const newest = await this.select({ ...filter, order: 'desc' })
      .limit(1)
      .getRawOne<ReportedActivity>();
    return newest?.id;
  }

  /**
   * Reads the next activities.
   * @param after the last id that was read before
   * @param upTo the last id to read
   */
  async read(filter: ActivityFilter, take: number, after?: string, upTo?: string): Promise<ReportedActivity[]> {
    const query = this.select(filter).limit(take);
    if (after !== undefined) query.andWhere(`activity.id ${filter.order === 'desc' ? '<' : '>'} :after`, { after });
    if (upTo !== undefined) query.andWhere('activity.id <= :upTo', { upTo });
    const rows = await query.getRawMany<RawActivity>();
    return rows.map((row) => ({ ...row, amount: row.amount === null ? null : Number(row.amount) }));
  }

  /** Reads every activity of the filter, in batches by key: memory does not grow with the report. */
  async *readAll(filter: ActivityFilter): AsyncGenerator<ReportedActivity[]> {
    const upTo = filter.order === 'asc' ? await this.newestId(filter) : undefined;
    if (filter.order === 'asc' && upTo === undefined) return;
    let after: string | undefined;
    do {
      const rows = await this.read(filter, BATCH, after, upTo);
      if (rows.length > 0) yield rows;
      after = rows.length < BATCH ? undefined : rows.at(-1)!.id;
    } while (after !== undefined);
  }

  private select({
    accountId,
    userIds,
    activities,
    outcomes,
    interval,
    order,
  }: ActivityFilter): SelectQueryBuilder<Activity> {
    const query = this.source.createQueryBuilder(Activity, 'activity').select([]);
    for (const column of REPORT_COLUMNS) query.addSelect(`activity.${column}`, column);
    query
      .where('activity.accountId = :accountId', { accountId })
      .andWhere('activity.id >= :first', { first: lowestIdAt(new Date(interval.from)) })
      .andWhere('activity.id < :end', { end: lowestIdAt(new Date(interval.to)) });
    if (userIds.length > 0) query.andWhere('activity.userId IN (:...userIds)', { userIds });
    if (activities.length > 0) query.andWhere('activity.activity IN (:...activities)', { activities });
    if (outcomes.length > 0) query.andWhere('activity.outcome IN (:...outcomes)', { outcomes });
    return query.orderBy('activity.id', order === 'desc' ? 'DESC' : 'ASC');
  }
}
