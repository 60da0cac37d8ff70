import { Injectable } from '@nestjs/common';
import type { RecordedActor } from '../../context/actor';
import { RequestContext, type Origin } from '../../context/request-context';
import { LENGTH } from '../../database/columns';
import { isDuplicate } from '../../database/dialect';
import { InsertStatement } from '../../database/insert-statement';
import { UnitOfWork } from '../../database/unit-of-work';
import { Problem } from '../../http/problems/problem';
import { fitText } from '../../lib/secrets/fit-text';
import { redact } from '../../lib/secrets/redact';
import { IdSource } from '../../lib/time-ordered-id';
import { Clock } from '../../lib/time/clock';
import { isBuiltIn, type ActivityCode } from '../catalogue/activity-code';
import type { ActivityFields } from '../catalogue/activity-fields';
import { catalogueEntry, type ActivityType, type Outcome } from '../catalogue/activity-type';
import { Activity, UnclaimedAttempt } from './activity.entity';

/** An activity to record: its type, its outcome and the fields of its row. */
export interface RecordedAction {
  readonly type: ActivityCode;
  readonly outcome: Outcome;
  readonly fields: Partial<ActivityFields>;
}

/** An activity to record with its own actor and time, such as one from another system. */
export interface PastAction extends RecordedAction {
  /**
   * An id that `createKeyedId` made of `occurredAt` and the key of another system. Without it, the record gets a new
   * id.
   */
  readonly id?: string;
  readonly actor: RecordedActor;
  readonly occurredAt: Date;
  readonly origin?: Partial<Origin>;
  /** Name of the user or API key that sent the record from another system. */
  readonly sentBy?: string;
}

/** Account id and user id of attempts that belong to no user; as long as a real id. */
export const NOBODY = '0'.repeat(26);

/**
 * Writes the records of activities, in the transaction of the changes that they describe, and redacts secrets in their
 * texts.
 */
@Injectable()
export class Recorder {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly context: RequestContext,
    private readonly clock: Clock,
    private readonly ids: IdSource,
  ) {}

  /**
   * Records an activity of the request's actor at the current time, in the open transaction.
   * @throws RecordingFailed (503) when the record cannot be written; the action must be rolled back then
   */
  async record(action: RecordedAction): Promise<void> {
    const { actor, origin } = this.context;
    await this.recordPast([{ ...action, actor, occurredAt: this.clock.now(), ...(origin && { origin }) }]);
  }

  /**
   * Records a failed attempt that belongs to no user, in a table that no account sees. Does the same work as `record`,
   * so that the response time does not reveal whether a user exists.
   */
  async recordUnclaimed(type: ActivityType, { code }: Problem): Promise<void> {
    const actor = { accountId: NOBODY, userId: NOBODY, userName: 'Nobody' };
    const { origin } = this.context;
    const attempt = { type, outcome: 'failure', fields: { details: { error: code } } } as const;
    const row = this.toRow({ ...attempt, actor, occurredAt: this.clock.now(), ...(origin && { origin }) });
    await this.unitOfWork.commitSeparately(() => this.insert([row], UnclaimedAttempt));
  }

  /**
   * Records activities with their own actors and times, in the open transaction: all of them, or none.
   * @throws AlreadyRecorded when there is a record with one of the ids
   */
  async recordPast(actions: readonly PastAction[]): Promise<void> {
    const rows = actions.map((action) => this.toRow(action));
    try {
      await this.insert(rows);
    } catch (error) {
      if (isDuplicate(error) && actions.some(({ id }) => id !== undefined)) throw new AlreadyRecorded(error);
      throw new RecordingFailed(error);
    }
  }

  private insert(rows: Activity[], into: typeof Activity | typeof UnclaimedAttempt = Activity): Promise<void> {
    const { manager } = this.unitOfWork;
    return InsertStatement.for(manager.dataSource, into).run(manager, rows);
  }

  private toRow({ id, type, outcome, fields, actor, occurredAt, origin, sentBy }: PastAction): Activity {
    if (outcome === 'success') assertComplete(type, fields);
    return {
      accountId: actor.accountId,
      id: id ?? this.ids.next(occurredAt),
      occurredAt,
      userId: actor.userId,
      userName: fitText(actor.userName, LENGTH.name),
      activity: type,
      outcome,
      subscriptionReference: fitText(fields.subscriptionReference, LENGTH.foreignReference),
      orderReference: fitText(fields.orderReference, LENGTH.foreignReference),
      amount: fields.amount ?? null,
      currency: fields.currency ?? null,
      billingCycles: fields.billingCycles ?? null,
      comment: fitText(fields.comment, LENGTH.comment),
      page: fitText(fields.page, LENGTH.page),
      ipAddress: fitText(origin?.ipAddress, LENGTH.ipAddress),
      userAgent: fitText(origin?.userAgent, LENGTH.userAgent),
      requestId: fitText(origin?.requestId, LENGTH.requestId),
      sentBy: fitText(sentBy, LENGTH.name),
      details: fields.details ? (redact(fields.details) as object) : null,
    };
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

/** Refuses a successful record that lacks a column which its activity type always fills. */
function assertComplete(type: ActivityCode, fields: Partial<ActivityFields>): void {
  if (!isBuiltIn(type)) return;
  const missing = catalogueEntry(type).columns.filter((column) => fields[column] === undefined);
  if (missing.length > 0) throw new Error(`A record of ${type} lacks ${missing.join(', ')}.`);
}
