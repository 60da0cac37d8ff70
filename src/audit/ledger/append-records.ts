import { randomBytes } from 'node:crypto';
import type { Activity } from '../recording/activity.entity';
import type { AuditLedgerEntry, AuditLedgerHead } from './ledger.entities';
import { digestOf, leafHashOf } from './record-digest';

const SALT_BYTES = 16;

/** New entries of a ledger, and its head after them. */
export interface Appended {
  readonly head: AuditLedgerHead;
  readonly entries: readonly AuditLedgerEntry[];
}

/**
 * Returns the entries that give records the next places of a ledger, in this order. All of them get the same
 * `recordedAt`, which is later than that of every earlier entry, even if the clock was set back or is behind that of
 * another process. So once these entries are committed, no other entry can have this `recordedAt` or an earlier one.
 */
export function appendRecords(head: AuditLedgerHead, records: readonly Activity[], now: Date): Appended {
  if (records.length === 0) return { head, entries: [] };
  const recordedAt = new Date(Math.max(now.getTime(), (head.recordedAt?.getTime() ?? 0) + 1));
  const moment = recordedAt.toISOString();
  const salts = randomBytes(records.length * SALT_BYTES).toString('hex');
  const entries = records.map((record, place): AuditLedgerEntry => {
    const { accountId } = head;
    const sequence = head.sequence + 1 + place;
    const salt = salts.slice(place * SALT_BYTES * 2, (place + 1) * SALT_BYTES * 2);
    const { digest, personalHash } = digestOf(record, salt);
    const leafHash = leafHashOf({ accountId, digest, recordedAt: moment, sequence });
    return { accountId, sequence, activityId: record.id, recordedAt, digest, leafHash, salt, personalHash };
  });
  return { head: { ...head, sequence: head.sequence + records.length, recordedAt }, entries };
}
