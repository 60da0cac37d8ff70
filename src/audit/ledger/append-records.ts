import { randomBytes } from 'node:crypto';
import type { Activity } from '../recording/activity.entity';
import type { AuditLedgerEntry, AuditLedgerHead } from './ledger.entities';
import { digestOf, leafHashOf } from './record-digest';

const SALT_BYTES = 16;

/** A record with its new place in a ledger. */
export interface PlacedRecord {
  readonly record: Activity;
  readonly sequence: number;
  readonly recordedAt: Date;
}

/** New places in a ledger, and its head after them. */
export interface Appended {
  readonly head: AuditLedgerHead;
  readonly placed: readonly PlacedRecord[];
}

/**
 * Gives records the next places of a ledger, in this order. All of them get the same `recordedAt`, which is later than
 * that of every earlier entry, even if the clock was set back or is behind that of another process. So once these
 * entries are committed, no other entry can have this `recordedAt` or an earlier one.
 */
export function appendRecords(head: AuditLedgerHead, records: readonly Activity[], now: Date): Appended {
  if (records.length === 0) return { head, placed: [] };
  const recordedAt = new Date(Math.max(now.getTime(), (head.recordedAt?.getTime() ?? 0) + 1));
  const placed = records.map((record, place) => ({ record, sequence: head.sequence + 1 + place, recordedAt }));
  return { head: { ...head, sequence: head.sequence + records.length, recordedAt }, placed };
}

/** Returns the ledger entries of records. Computing their hashes takes most of a sequencer's time. */
export function ledgerEntriesOf(placed: readonly PlacedRecord[]): AuditLedgerEntry[] {
  const salts = randomBytes(placed.length * SALT_BYTES).toString('hex');
  return placed.map(({ record, sequence, recordedAt }, place): AuditLedgerEntry => {
    const { accountId, id } = record;
    const salt = salts.slice(place * SALT_BYTES * 2, (place + 1) * SALT_BYTES * 2);
    const { digest, personalHash } = digestOf(record, salt);
    const leafHash = leafHashOf({ accountId, digest, recordedAt: recordedAt.toISOString(), sequence });
    return { accountId, sequence, activityId: id, recordedAt, digest, leafHash, salt, personalHash };
  });
}
