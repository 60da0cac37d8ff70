import { Injectable } from '@nestjs/common';
import type { RecordedActor } from '../../context/actor';
import { RequestContext, type Origin } from '../../context/request-context';
import { LENGTH } from '../../database/columns';
import { isDuplicate } from '../../database/dialect';
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

/** An action and how it ended. */
export interface RecordedAction {
  readonly type: ActivityCode;
  readonly outcome: Outcome;
  readonly fields: Partial<ActivityFields>;
}

/** An action of somebody else at another time, such as one from another system. */
export interface PastAction extends RecordedAction {
  /** For what is known elsewhere by a key (`createKeyedId`); its moment is `occurredAt`. Without one it gets an id of its own. */
  readonly id?: string;
  readonly actor: RecordedActor;
  readonly occurredAt: Date;
  readonly origin?: Partial<Origin>;
  /** Name of the user or API key that sent it, if it comes from another system. */
  readonly sentBy?: string;
}

const ROWS_AT_ONCE = 200;

/** Who attempts what nobody is known to attempt; as long as the ids of an account and of a user. */
export const NOBODY = '0'.repeat(26);

/** Writes activities, in the unit of work of what they record. The last boundary: nothing secret gets past it. */
@Injectable()
export class Recorder {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly context: RequestContext,
    private readonly clock: Clock,
    private readonly ids: IdSource,
  ) {}

  /** Records what the request's actor did just now. If it can't be recorded, the action must not happen: 503. */
  async record(action: RecordedAction): Promise<void> {
    const { actor, origin } = this.context;
    await this.recordPast([{ ...action, actor, occurredAt: this.clock.now(), ...(origin && { origin }) }]);
  }

  /**
   * Writes a failed attempt of nobody down, where no account sees it. It does the same work as `record` does, so that the
   * time of the answer does not tell whether there is a user.
   */
  async recordUnclaimed(type: ActivityType, { code }: Problem): Promise<void> {
    const actor = { accountId: NOBODY, userId: NOBODY, userName: 'Nobody' };
    const { origin } = this.context;
    const attempt = { type, outcome: 'failure', fields: { details: { error: code } } } as const;
    const row = this.row({ ...attempt, actor, occurredAt: this.clock.now(), ...(origin && { origin }) });
    await this.unitOfWork.commitSeparately(() => this.insert([row], UnclaimedAttempt));
  }

  /**
   * Records actions that happened already, in the open transaction: all of them, or none.
   * @throws AlreadyRecorded when one with the same id is there
   */
  async recordPast(actions: readonly PastAction[]): Promise<void> {
    const rows = actions.map((action) => this.row(action));
    try {
      for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
        await this.insert(rows.slice(start, start + ROWS_AT_ONCE));
      }
    } catch (error) {
      if (isDuplicate(error) && actions.some(({ id }) => id !== undefined)) throw new AlreadyRecorded(error);
      throw new RecordingFailed(error);
    }
  }

  /** Without reading back what was written: a record is never changed, and nobody asks. */
  private async insert(rows: Activity[], into: typeof Activity | typeof UnclaimedAttempt = Activity): Promise<void> {
    const insert = this.unitOfWork.manager.createQueryBuilder().insert().into(into).values(rows);
    await insert.updateEntity(false).callListeners(false).execute();
  }

  private row({ id, type, outcome, fields, actor, occurredAt, origin, sentBy }: PastAction): Activity {
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

/** The record could not be written, so what it records must not happen. Its cause decides whether a retry may help. */
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

/** Somebody recorded one of the actions first, so nothing was written. */
export class AlreadyRecorded extends Error {
  override readonly name = 'AlreadyRecorded';

  constructor(cause: unknown) {
    super('There is an activity with this id.', { cause });
  }
}

/** A successful record has every column that its activity type promises. */
function assertComplete(type: ActivityCode, fields: Partial<ActivityFields>): void {
  if (!isBuiltIn(type)) return;
  const missing = catalogueEntry(type).columns.filter((column) => fields[column] === undefined);
  if (missing.length > 0) throw new Error(`A record of ${type} lacks ${missing.join(', ')}.`);
}
