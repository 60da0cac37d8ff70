import { Injectable } from '@nestjs/common';
import { isDeepStrictEqual } from 'node:util';
import { indexHint } from '../../database/dialect';
import { Statement } from '../../database/statement';
import { UnitOfWork } from '../../database/unit-of-work';
import { lowestIdAt, momentOf } from '../../lib/time-ordered-id';
import { Clock } from '../../lib/time/clock';
import type { ActivityType } from '../catalogue/activity-type';

/** What the record of a successful read contains. */
export interface RecordedRead {
  readonly accountId: string;
  /** Id of the user or API key. */
  readonly userId: string;
  readonly type: ActivityType;
  readonly details: object | undefined;
}

/** The columns of a record by which it covers a read. */
interface EarlierRecord {
  readonly id: string;
  readonly userId: string | null;
  readonly activity: string;
  readonly outcome: string;
  readonly sentBy: string | null;
  readonly details: string | null;
}

const COLUMNS = 'id, user_id AS userId, activity, outcome, sent_by AS sentBy, details';

const FIND_RECORD = new Statement<EarlierRecord>(`SELECT ${COLUMNS} FROM activities WHERE account_id = ? AND id = ?`);

/** Maximum number of records that a search looks at. */
const MAX_SEARCHED = 200;

/** Finds the records of earlier reads that are the same as a read. */
@Injectable()
export class EarlierRecords {
  private search: Statement<EarlierRecord> | undefined;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Returns whether a record has the content that the record of the read would have, apart from its time and its request.
   * @param id can be forged
   * @param maxAge milliseconds since the record
   */
  async covers(id: string, read: RecordedRead, maxAge: number): Promise<boolean> {
    // A later time is that of another process, whose clock is ahead.
    if (Math.abs(this.clock.now().getTime() - momentOf(id)) >= maxAge) return false;
    const [record] = await FIND_RECORD.rows(this.unitOfWork.manager, [read.accountId, id]);
    return record !== undefined && isSame(record, read);
  }

  /**
   * Returns the id of the newest record with the content that the record of the read would have; undefined if there is
   * none. Looks at the records of all actors with this activity type, so these must be few.
   * @param maxAge milliseconds since the record
   */
  async findNewest(read: RecordedRead, maxAge: number): Promise<string | undefined> {
    const now = this.clock.now().getTime();
    const oldest = lowestIdAt(new Date(now - maxAge + 1));
    // Without this bound, a record from before a clock was set back would cover all reads until its time.
    const tooLate = lowestIdAt(new Date(now + maxAge));
    const values = [read.accountId, read.type, oldest, tooLate];
    const { manager } = this.unitOfWork;
    this.search ??= new Statement(searchQuery(indexHint(manager.dataSource, 'activities_by_activity')));
    const records = await this.search.rows(manager, values);
    return records.find((record) => isSame(record, read))?.id;
  }
}

function searchQuery(hint: string): string {
  return `SELECT ${COLUMNS} FROM activities ${hint}
           WHERE account_id = ? AND activity = ? AND outcome = 'success' AND id >= ? AND id < ?
           ORDER BY id DESC LIMIT ${MAX_SEARCHED}`;
}

function isSame(record: EarlierRecord, { userId, type, details }: RecordedRead): boolean {
  return (
    record.userId === userId &&
    record.activity === type &&
    record.outcome === 'success' &&
    // Another system can send a record of any user.
    record.sentBy === null &&
    record.details !== null &&
    isDeepStrictEqual(JSON.parse(record.details), asStored(details))
  );
}

function asStored(details: object | undefined): unknown {
  return details && JSON.parse(JSON.stringify(details));
}
