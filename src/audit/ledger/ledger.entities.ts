import { Entity, Index } from 'typeorm';
import { IdColumn, InstantColumn, SequenceColumn, TextColumn } from '../../database/columns';

/**
 * The place of a record in the ledger of its account. The sequences of an account are 1, 2, 3 … without gaps, and an
 * entry is never updated, except to erase personal data.
 */
@Entity('audit_ledger', { withoutRowid: true })
@Index('audit_ledger_by_activity', ['accountId', 'activityId'], { unique: true })
export class AuditLedgerEntry {
  @IdColumn({ primary: true })
  accountId: string;

  @SequenceColumn({ primary: true })
  sequence: number;

  @IdColumn()
  activityId: string;

  /** When the record got its place. It is never earlier than that of an entry with a lower sequence. */
  @InstantColumn()
  recordedAt: Date;

  /** SHA-256 of the record, see `digestOf`. */
  @TextColumn('hash')
  digest: string;

  /** Hash of the entry as a leaf of a Merkle tree, as RFC 6962 defines it. */
  @TextColumn('hash')
  leafHash: string;

  /** Random; null once the personal columns of the record are erased. */
  @TextColumn('salt', { nullable: true })
  salt: string | null;

  /** Salted SHA-256 of the personal columns of the record. The digest contains it instead of them. */
  @TextColumn('hash')
  personalHash: string;
}

/** The end of the ledger of an account. A transaction that appends entries locks it first. */
@Entity('audit_ledger_heads')
export class AuditLedgerHead {
  @IdColumn({ primary: true })
  accountId: string;

  /** The sequence of the newest entry; 0 if there is none. */
  @SequenceColumn()
  sequence: number;

  /** The `recordedAt` of the newest entry. */
  @InstantColumn({ nullable: true })
  recordedAt: Date | null;

  /**
   * Id of the newest record that existed before the account had a ledger. Null once all records up to it have their
   * places; until then, newer records wait for theirs.
   */
  @IdColumn({ nullable: true })
  backfillUntil: string | null;

  /** Id of the last existing record that the backfill has given a place. */
  @IdColumn({ nullable: true })
  backfillPosition: string | null;

  /** Id up to which the reconciliation has looked for recent records without a place. */
  @IdColumn({ nullable: true })
  checkedThrough: string | null;

  /** Id up to which the current pass of the reconciliation over all records has come; null at the beginning. */
  @IdColumn({ nullable: true })
  passPosition: string | null;
}

/** Returns the head of an empty ledger. */
export function emptyHead(accountId: string): AuditLedgerHead {
  return {
    accountId,
    sequence: 0,
    recordedAt: null,
    backfillUntil: null,
    backfillPosition: null,
    checkedThrough: null,
    passPosition: null,
  };
}
