import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Account } from '../access/accounts/account.entity';

/** Days for which a key is remembered; the contract promises them to clients. */
export const KEY_DAYS = 7;

/** Returns the moment since which keys are remembered: a request with an older key is a new request. */
export function retentionStart(now: Date): Date {
  return new Date(now.getTime() - KEY_DAYS * 24 * 60 * 60_000);
}

/** A request that must have its effect once, however often it is sent; and what it was answered. */
@Entity('idempotency_keys')
@Index('idempotency_keys_by_time', ['createdAt'])
export class IdempotencyKey {
  @ForeignKey(() => Account, { onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @PrimaryColumn({ name: 'account_id', type: 'varchar', length: 26 })
  accountId: string;

  /** SHA-256 of the client's key and of the user who sent it. */
  @PrimaryColumn({ name: 'key_hash', type: 'varchar', length: 64 })
  keyHash: string;

  /** SHA-256 of the request's body, and of its path where that has parameters. */
  @Column({ name: 'body_hash', type: 'varchar', length: 64 })
  bodyHash: string;

  /**
   * The JSON of the answer; null while the first request is still running. It is a text inside of a JSON column: such a
   * column holds answers of any length on every database, and the text keeps the order of the answer's fields.
   */
  @Column({ name: 'response', type: 'json', nullable: true })
  response: { readonly json: string } | null;

  /** When the request began that this row is of. */
  @Column({ name: 'created_at', type: 'datetime' })
  createdAt: Date;
}
