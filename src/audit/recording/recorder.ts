import { Injectable } from '@nestjs/common';
import { RequestContext } from '../../context/request-context';
import { isDuplicate } from '../../database/dialect';
import { MAX_ROWS, type RowList } from '../../database/insert-statement';
import { OutcomeUnknown } from '../../database/transaction';
import { UnitOfWork } from '../../database/unit-of-work';
import { Problem } from '../../http/problems/problem';
import { IdSource, momentOf } from '../../lib/time-ordered-id';
import { Clock } from '../../lib/time/clock';
import type { ActivityType } from '../catalogue/activity-type';
import { RecordsCommitted } from './account-signal';
import { activityRow, type PastAction, type RecordedAction } from './activity-row';
import { Activity, UnclaimedAttempt } from './activity.entity';
import { FreshRecords } from './fresh-records';
import { GroupCommit } from './group-commit';
import { pendingRecordsOf, PendingRecords } from './pending-records.entity';

/** Account id and user id of attempts that belong to no user; as long as a real id. */
export const NOBODY = '0'.repeat(26);

/** Maximum number of records that wait to be committed, counted separately for successful and for other activities. */
const MAX_WAITING = 5000;
/** Maximum number of failed attempts that are committed together. */
const MAX_FAILURES = 64;

/** A failed attempt, and the table that its record belongs to. */
interface FailedAttempt {
  readonly entity: typeof Activity | typeof UnclaimedAttempt;
  readonly row: Activity;
}

/** Writes the records of activities, and redacts secrets in their texts. */
@Injectable()
export class Recorder {
  /** Commits records of successful activities that have no transaction of their own, such as reads. */
  private readonly successes = new GroupCommit<Activity>({
    commit: (rows) => this.commitRows([{ entity: Activity, rows }], rows),
    sizeOfBatch: (waiting) => Math.min(waiting, MAX_ROWS),
    maxWaiting: MAX_WAITING,
  });

  /**
   * Commits records of attempts that failed or were denied. Each has a statement of its own, because the time must not
   * depend on the table: it would reveal whether a user exists. For the same reason, attempts that belong to no user are
   * announced to the sequencer too, which only deletes the announcements.
   */
  private readonly failures = new GroupCommit<FailedAttempt>({
    commit: (attempts) =>
      this.commitRows(
        attempts.map(({ entity, row }) => ({ entity, rows: [row] })),
        attempts.map(({ row }) => row),
      ),
    sizeOfBatch: (waiting) => Math.min(waiting, MAX_FAILURES),
    maxWaiting: MAX_WAITING,
  });

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly context: RequestContext,
    private readonly clock: Clock,
    private readonly ids: IdSource,
    private readonly committed: RecordsCommitted,
    private readonly fresh: FreshRecords,
  ) {}

  /**
   * Records an activity of the request's actor at the current time, in the open transaction.
   * @throws RecordingFailed (503) when the record cannot be written; the action must be rolled back then
   */
  async record(action: RecordedAction): Promise<void> {
    await this.recordPast([this.nowBy(this.context.actor, action)]);
  }

  /**
   * Records an activity of the request's actor that changes nothing else, such as a read or a failed attempt. Commits
   * the record, together with those of other requests.
   * @throws RecordingFailed (503) when the record cannot be written
   * @throws OutcomeUnknown (503) when the record may have been written or not
   */
  async commit(action: RecordedAction): Promise<void> {
    await this.commitPast(this.nowBy(this.context.actor, action));
  }

  /** Records an activity as `commit` does, with its own actor and time. */
  async commitPast(action: PastAction): Promise<void> {
    this.unitOfWork.assertNoTransaction();
    const row = this.toRow(action);
    const isSuccess = row.outcome === 'success';
    await assertRecorded(isSuccess ? this.successes.add(row) : this.failures.add({ entity: Activity, row }));
  }

  /**
   * Records a failed attempt that belongs to no user, in a table that no account sees. Does the same work as `commit`
   * does for a failed attempt, so that the response time does not reveal whether a user exists.
   */
  async recordUnclaimed(type: ActivityType, { code }: Problem): Promise<void> {
    this.unitOfWork.assertNoTransaction();
    const actor = { accountId: NOBODY, userId: NOBODY, userName: 'Nobody', userEmail: 'nobody@unclaimed.invalid' };
    const row = this.toRow(this.nowBy(actor, { type, outcome: 'failure', fields: { details: { error: code } } }));
    await assertRecorded(this.failures.add({ entity: UnclaimedAttempt, row }));
  }

  /**
   * Records activities with their own actors and times, in the open transaction: all of them, or none.
   * @throws AlreadyRecorded when there is a record with one of the ids
   */
  async recordPast(actions: readonly PastAction[]): Promise<void> {
    const rows = actions.map((action) => this.toRow(action));
    const pending = this.pendingOf(rows);
    try {
      await this.unitOfWork.insert({ entity: Activity, rows }, { entity: PendingRecords, rows: pending });
    } catch (error) {
      if (isDuplicate(error) && actions.some(({ id }) => id !== undefined)) throw new AlreadyRecorded(error);
      throw new RecordingFailed(error);
    }
    this.unitOfWork.afterCommit(() => {
      this.fresh.add(rows);
      this.committed.notify(accountsOf(pending));
    });
  }

  /** Commits lists of rows, and with them the rows that announce these records to the sequencer. */
  private async commitRows(lists: readonly RowList[], records: readonly Activity[]): Promise<void> {
    const pending = this.pendingOf(records);
    await this.unitOfWork.insertTogether([...lists, { entity: PendingRecords, rows: pending }]);
    this.fresh.add(records.filter(({ accountId }) => accountId !== NOBODY));
    this.committed.notify(accountsOf(pending));
  }

  private pendingOf(records: readonly Activity[]): PendingRecords[] {
    const now = this.clock.now();
    return pendingRecordsOf(records, () => this.ids.next(now));
  }

  private nowBy(actor: PastAction['actor'], action: RecordedAction): PastAction {
    const { origin } = this.context;
    const occurredAt = action.id === undefined ? this.clock.now() : new Date(momentOf(action.id));
    return { ...action, actor, occurredAt, ...(origin && { origin }) };
  }

  private toRow(action: PastAction): Activity {
    return activityRow(action, action.id ?? this.ids.next(action.occurredAt));
  }
}

/**
 * The record could not be written, so the action must be rolled back. The cause decides whether the transaction can run
 * again.
 */
export class RecordingFailed extends Problem {
  constructor(cause: unknown) {
    super(
      503,
      'activity_not_recorded',
      'The activity could not be recorded, so nothing was done. Try again later.',
      [],
      {
        'Retry-After': '5',
      },
    );
    this.cause = cause;
  }
}

/** There is a record with one of the ids already, so no record was written. */
export class AlreadyRecorded extends Error {
  override readonly name = 'AlreadyRecorded';

  constructor(cause: unknown) {
    super('There is an activity with this id.', { cause });
  }
}

function accountsOf(pending: readonly PendingRecords[]): string[] {
  return pending.map(({ accountId }) => accountId);
}

async function assertRecorded(commit: Promise<void>): Promise<void> {
  try {
    await commit;
  } catch (error) {
    throw error instanceof OutcomeUnknown ? error : new RecordingFailed(error);
  }
}
