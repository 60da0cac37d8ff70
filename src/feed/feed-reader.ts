import { Injectable } from '@nestjs/common';
import { sqlConditions, type SqlCondition } from '../activities/filter/sql-conditions';
import { createTextTest, findByTexts } from '../activities/filter/text-search';
import {
  REPORTED_COLUMNS,
  reportedActivity,
  type ReportedActivity,
  type ShownActivity,
  type StoredActivity,
} from '../activities/rows/reported-activity';
import { LedgerReader, type LedgerEnd } from '../audit/ledger/ledger.reader';
import { dialectOf } from '../database/dialect';
import { Statement } from '../database/statement';
import { readInstant } from '../database/stored-instant';
import { UnitOfWork } from '../database/unit-of-work';
import { last } from '../lib/elements';
import type { FeedFilter } from './feed-filter';

/** Maximum number of records that one page looks at. */
export const MAX_LOOKED_AT = 5000;
/** Minimum number of records that one query looks at if there is a filter. */
const MIN_WINDOW = 500;

/** A record with its place in the ledger. */
export interface FollowedActivity extends ShownActivity {
  readonly sequence: number;
  readonly recordedAt: Date;
}

/** A place in a ledger. */
export interface LedgerPlace {
  /** The sequence of an entry; 0 before the first one. */
  readonly sequence: number;
  /** The `recordedAt` of that entry; undefined if it is not known. */
  readonly recordedAt: Date | undefined;
}

/** A part of a ledger. */
export interface LedgerPart {
  /** The records that match the filter, in the order of the ledger. */
  readonly activities: readonly FollowedActivity[];
  /** The last place that was looked at. */
  readonly place: LedgerPlace;
  /** The end of the ledger when the part was read. */
  readonly end: LedgerEnd;
}

/** A row as the drivers return it. */
type StoredRow = StoredActivity & { readonly sequence: number | string; readonly recordedAt: string | Date };

/** Reads the records of an account in the order of its ledger. */
@Injectable()
export class FeedReader {
  private statement: Statement<StoredRow> | undefined;

  constructor(
    private readonly ledger: LedgerReader,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Reads the first records past a place that match a filter. Looks at no more than `MAX_LOOKED_AT` records, so the part
   * can be empty although there are more records.
   * @param limit maximum number of records to return
   */
  async readPart(filter: FeedFilter, after: LedgerPlace, limit: number): Promise<LedgerPart> {
    const { accountId, conditions } = filter;
    const end = await this.ledger.findEnd(accountId);
    const test = createTextTest(conditions);
    const tests = sqlConditions(conditions);
    const window = test || tests.length > 0 ? Math.max(limit, MIN_WINDOW) : limit;
    const lookUntil = Math.min(end.sequence, after.sequence + MAX_LOOKED_AT);
    const activities: FollowedActivity[] = [];
    let { sequence } = after;
    while (sequence < lookUntil && activities.length < limit) {
      const upTo = Math.min(sequence + window, lookUntil);
      const rows = await this.readWindow(accountId, tests, sequence, upTo);
      activities.push(...(test ? await findByTexts(rows, test, searchedTexts) : rows));
      sequence = upTo;
    }
    const [firstOfNextPart] = activities.splice(limit);
    if (firstOfNextPart) return { activities, place: last(activities), end };
    const recordedAt = await this.findRecordedAt(accountId, sequence, [after, ...activities.slice(-1), placeOf(end)]);
    return { activities, place: { sequence, recordedAt }, end };
  }

  /** Returns the `recordedAt` of an entry, which is read only if it is not among the known places. */
  private findRecordedAt(
    accountId: string,
    sequence: number,
    known: readonly LedgerPlace[],
  ): Promise<Date | undefined> | Date | undefined {
    const place = known.findLast((each) => each.sequence === sequence);
    return place ? place.recordedAt : this.ledger.findRecordedAt(accountId, sequence);
  }

  /** Reads the records in a window of the ledger that fulfil the conditions. */
  private async readWindow(
    accountId: string,
    conditions: readonly SqlCondition[],
    after: number,
    upTo: number,
  ): Promise<FollowedActivity[]> {
    const { manager } = this.unitOfWork;
    const { orderedJoin } = dialectOf(manager.dataSource);
    const sql = [
      `SELECT sequence, recorded_at AS recordedAt, ${REPORTED_COLUMNS}`,
      `FROM audit_ledger ${orderedJoin} activities`,
      'ON activities.account_id = audit_ledger.account_id AND activities.id = activity_id',
      'WHERE audit_ledger.account_id = ? AND sequence > ? AND sequence <= ?',
      ...conditions.map((condition) => `AND ${condition.sql}`),
      'ORDER BY sequence',
    ].join(' ');
    const values = [accountId, after, upTo, ...conditions.flatMap((condition) => condition.values)];
    // Only the query without a filter is always the same, so only it is prepared.
    const rows =
      conditions.length === 0
        ? await this.unfiltered(sql).rows(manager, values)
        : await manager.query<StoredRow[]>(sql, values);
    return rows.map(({ sequence, recordedAt, ...activity }) => ({
      ...reportedActivity(activity),
      sequence: Number(sequence),
      recordedAt: readInstant(recordedAt),
    }));
  }

  private unfiltered(sql: string): Statement<StoredRow> {
    return (this.statement ??= new Statement(sql));
  }
}

function placeOf({ sequence, settledThrough }: LedgerEnd): LedgerPlace {
  return { sequence, recordedAt: settledThrough ?? undefined };
}

/** Returns the texts of a record in which the text of a filter is searched. */
function searchedTexts({ userName, comment, orderReference, subscriptionReference, page }: ReportedActivity) {
  return [userName, comment, orderReference, subscriptionReference, page];
}
