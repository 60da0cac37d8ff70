import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Account } from '../access/accounts/account.entity';

/** Days for which a key is kept, as the contract promises to clients. */
export const KEY_DAYS = 7;

/** Returns the moment from which on keys are kept: a request that repeats an older key is a new request. */
export function retentionStart(now: Date): Date {
  return new Date(now.getTime() - KEY_DAYS * 24 * 60 * 60_000);
}

/** The Idempotency-Key of a request, and the response that a repeated request gets. */
@Entity('idempotency_keys')
@Index('idempotency_keys_by_time', ['createdAt'])
export class IdempotencyKey {
  @ForeignKey(() => Account, { onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @PrimaryColumn({ name: 'account_id', type: 'varchar', length: 26 })
  accountId: string;

  /** SHA-256 of the user id and the client's key. */
  @PrimaryColumn({ name: 'key_hash', type: 'varchar', length: 64 })
  keyHash: string;

  /** SHA-256 of the request's body, and of its path if that has parameters. */
  @Column({ name: 'body_hash', type: 'varchar', length: 64 })
  bodyHash: string;

  /**
   * The response as JSON text, or null while the first request is running. The text is inside a JSON column, because
   * such a column holds text of any length on every database, and the text keeps the order of the fields.
   */
  @Column({ name: 'response', type: 'json', nullable: true })
  response: { readonly json: string } | null;

  /** Start of the request that claimed the key. */
  @Column({ name: 'created_at', type: 'datetime' })
  createdAt: Date;
}
