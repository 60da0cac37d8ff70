import { hash } from 'node:crypto';
import { canonicalJson } from '../../lib/canonical-json';
import { sha256 } from '../../lib/sha256';
import { momentOf } from '../../lib/time-ordered-id';
import type { Activity } from '../recording/activity.entity';

/** The hashes of a record that its ledger entry stores. */
export interface RecordDigest {
  readonly digest: string;
  readonly personalHash: string;
}

/** What the leaf of a ledger entry consists of. */
export interface LeafContent {
  readonly accountId: string;
  readonly sequence: number;
  /** RFC 3339 in UTC, with milliseconds. */
  readonly recordedAt: string;
  readonly digest: string;
}

/** The version of the encoding, which is part of it. docs/ledger.md defines it, with examples. */
const VERSION = 1;

/**
 * Returns the hashes of a record as it is stored: the SHA-256 of the canonical JSON (RFC 8785) of its columns, in which
 * the personal columns are replaced by their salted hash. So these can be erased later, and the digest still holds.
 */
export function digestOf(record: Activity, salt: string): RecordDigest {
  const personalHash = sha256(encodePersonal(record, salt));
  return { digest: sha256(encodeRecord(record, personalHash)), personalHash };
}

/** Returns the hash of an entry as a leaf of a Merkle tree (RFC 6962, section 2.1). */
export function leafHashOf({ accountId, digest, recordedAt, sequence }: LeafContent): string {
  // None of these values needs an escape.
  const leaf = `{"accountId":"${accountId}","digest":"${digest}","recordedAt":"${recordedAt}","sequence":${sequence}}`;
  return hash('sha256', `\0${leaf}`, 'hex');
}

/** Returns the canonical JSON of the personal columns. The members are in the canonical order. */
export function encodePersonal(record: Activity, salt: string): string {
  const { comment, ipAddress, sentBy, userAgent, userEmail, userName } = record;
  const details = `"details":${canonicalJson(record.details)}`;
  const others = JSON.stringify({ ipAddress, salt, sentBy, userAgent, userEmail, userName });
  return `{"comment":${JSON.stringify(comment)},${details},${others.slice(1)}`;
}

/** Returns the canonical JSON of a record. The members are in the canonical order. */
export function encodeRecord(record: Activity, personalHash: string): string {
  const { accountId, activity, amount, billingCycles, currency, id, orderReference, outcome } = record;
  const { page, requestId, subscriptionReference, userId } = record;
  return JSON.stringify({
    accountId,
    activity,
    amount,
    billingCycles,
    currency,
    id,
    occurredAt: new Date(momentOf(id)).toISOString(),
    orderReference,
    outcome,
    page,
    personalHash,
    requestId,
    subscriptionReference,
    userId,
    version: VERSION,
  });
}
