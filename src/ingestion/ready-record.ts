import type { PastAction } from '../audit/recording/recorder';
import type { Actor } from '../context/actor';
import { createKeyedId } from '../lib/time-ordered-id';
import { requireInstant } from '../lib/time/instant';
import type { IncomingActivity } from './activities.dto';
import { columnsOf, contentOf, fingerprintOf } from './record-content';
import type { Acceptance } from './record.rules';

/** A record that may be written. */
export interface ReadyRecord {
  readonly key: string;
  readonly fingerprint: string;
  readonly action: PastAction & { readonly id: string };
}

/** Makes of a valid record what is to be written. */
export function readyRecord(
  record: IncomingActivity,
  { users }: Acceptance,
  { accountId, userId: senderId, userName: sender }: Actor,
  requestId: string,
): ReadyRecord {
  const { key, activity, user, ipAddress, userAgent } = record;
  const occurredAt = requireInstant(record.occurredAt);
  const fingerprint = fingerprintOf(contentOf(record));
  const known = users.find(({ id, email }) => ('id' in user ? id === user.id : email === user.email));
  const userEmail = known || 'id' in user ? undefined : user.email;
  const details = {
    key,
    fingerprint,
    senderId,
    ...(userEmail !== undefined && { userEmail }),
  };
  return {
    key,
    fingerprint,
    action: {
      id: createKeyedId(occurredAt, key),
      occurredAt,
      actor: { accountId, userId: known?.id ?? null, userName: userNameOf(user, known) },
      origin: { requestId, ipAddress: ipAddress ?? null, userAgent: userAgent ?? null },
      type: activity,
      // A sender can name anybody as the user of a record, so the report shows the sender too.
      sentBy: sender,
      outcome: record.outcome ?? 'success',
      fields: { ...columnsOf(record), details },
    },
  };
}

function userNameOf(user: IncomingActivity['user'], known: Acceptance['users'][number] | undefined): string {
  if (!('id' in user)) return user.name;
  if (!known) throw new Error(`The account has no user ${user.id}.`);
  return known.name;
}
