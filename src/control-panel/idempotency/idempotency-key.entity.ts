import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Account } from '../../access/accounts/account.entity';

/** A request that must have its effect once, however often it is sent; and what it was answered. */
@Entity('idempotency_keys')
export class IdempotencyKey {
  @ForeignKey(() => Account, { onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @PrimaryColumn({ name: 'account_id', type: 'varchar', length: 26 })
  accountId: string;

  /** SHA-256 of the client's key and of the user who sent it. */
  @PrimaryColumn({ name: 'key_hash', type: 'varchar', length: 64 })
  keyHash: string;

  /** SHA-256 of the request's body. */
  @Column({ name: 'body_hash', type: 'varchar', length: 64 })
  bodyHash: string;

  /** JSON of the answer; empty while the first request is still running. */
  @Column({ name: 'answer', type: 'text' })
  answer: string;

  /** When the request began that this row is of. */
  @Column({ name: 'created_at', type: 'datetime' })
  createdAt: Date;
}
