import type { PastAction } from '../audit/recording/activity-row';
import type { Actor } from '../context/actor';
import { canonicalizeAddress } from '../lib/network';
import { createKeyedId } from '../lib/time-ordered-id';
import { requireInstant } from '../lib/time/instant';
import type { IncomingActivity } from './activities.dto';
import { columnsOf, fingerprintOf, formatContent } from './record-content';
import type { IngestedUser, IngestionContext } from './record.rules';

/** A valid record of a batch, ready to be written. */
export interface ReadyRecord {
  readonly key: string;
  /** Hash of the content, which tells a duplicate from a record with other content. */
  readonly fingerprint: string;
  readonly action: PastAction & { readonly id: string };
}

/** Converts a valid record of a batch to the record to write. */
export function readyRecord(
  record: IncomingActivity,
  { users }: IngestionContext,
  { accountId, userId: senderId, userName: sender }: Actor,
  requestId: string,
): ReadyRecord {
  const { key, activity, user, ipAddress, userAgent } = record;
  const occurredAt = requireInstant(record.occurredAt);
  const columns = columnsOf(record);
  const fingerprint = fingerprintOf(formatContent(record, columns, occurredAt));
  const knownUser = 'id' in user ? users.byId.get(user.id) : users.byEmail.get(user.email);
  return {
    key,
    fingerprint,
    action: {
      id: createKeyedId(occurredAt, key),
      occurredAt,
      actor: { accountId, userId: knownUser?.id ?? null, ...identityOf(user, knownUser) },
      origin: {
        requestId,
        ipAddress: ipAddress === undefined ? null : canonicalizeAddress(ipAddress),
        userAgent: userAgent ?? null,
      },
      type: activity,
      // A sender can name any person as the user of a record, so the report shows the sender too.
      sentBy: sender,
      outcome: record.outcome ?? 'success',
      fields: { ...columns, details: { key, fingerprint, senderId } },
    },
  };
}

/** Returns the name and the email address that the record shows for its user. */
function identityOf(
  user: IncomingActivity['user'],
  knownUser: IngestedUser | undefined,
): Pick<PastAction['actor'], 'userName' | 'userEmail'> {
  if (!('id' in user)) return { userName: user.name, userEmail: user.email };
  if (!knownUser) throw new Error(`The account has no user ${user.id}.`);
  return { userName: knownUser.name, userEmail: knownUser.email };
}
