import type { RecordedActor } from '../../context/actor';
import type { Origin } from '../../context/request-context';
import { LENGTH } from '../../database/columns';
import { fitText } from '../../lib/secrets/fit-text';
import { redact } from '../../lib/secrets/redact';
import { isBuiltIn, type ActivityCode } from '../catalogue/activity-code';
import type { ActivityFields } from '../catalogue/activity-fields';
import { catalogueEntry, type Outcome } from '../catalogue/activity-type';
import type { Activity } from './activity.entity';

/** An activity to record: its type, its outcome and the fields of its row. */
export interface RecordedAction {
  /**
   * An id that contains the time of the action: one that `IdSource` created before, or one that `createKeyedId` made of
   * the key of another system. Without it, the record gets a new id.
   */
  readonly id?: string;
  readonly type: ActivityCode;
  readonly outcome: Outcome;
  readonly fields: Partial<ActivityFields>;
}

/** An activity to record with its own actor and time, such as one from another system. */
export interface PastAction extends RecordedAction {
  readonly actor: RecordedActor;
  readonly occurredAt: Date;
  readonly origin?: Partial<Origin>;
  /** Name of the user or API key that sent the record from another system. */
  readonly sentBy?: string;
}

/** Returns the row of a record, with secrets in its texts redacted. */
export function activityRow(
  { type, outcome, fields, actor, occurredAt, origin, sentBy }: PastAction,
  id: string,
): Activity {
  if (outcome === 'success') assertComplete(type, fields);
  return {
    accountId: actor.accountId,
    id,
    occurredAt,
    userId: actor.userId,
    userName: fitText(actor.userName, LENGTH.name),
    userEmail: fitText(actor.userEmail, LENGTH.email),
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

/** Refuses a successful record that lacks a column which its activity type always fills. */
function assertComplete(type: ActivityCode, fields: Partial<ActivityFields>): void {
  if (!isBuiltIn(type)) return;
  const missing = catalogueEntry(type).columns.filter((column) => fields[column] === undefined);
  if (missing.length > 0) throw new Error(`A record of ${type} lacks ${missing.join(', ')}.`);
}
