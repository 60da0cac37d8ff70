import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Account } from '../../access/accounts/account.entity';
import { User } from '../../access/members/user.entity';
import type { Privilege } from '../../access/privileges/privilege';

/** Keeps a list of words in one column, with blanks between them. */
const list = {
  to: (words: readonly string[]) => words.join(' '),
  from: (text: string) => text.split(' ').filter((word) => word !== ''),
};

/** What a program signs in with, on behalf of the user who made it. Never deleted: records name it. */
@Entity('api_keys')
@Index('api_keys_by_account', ['accountId', 'id'])
export class ApiKey {
  @PrimaryColumn({ name: 'id', type: 'varchar', length: 26 })
  id: string;

  @ForeignKey(() => Account, { onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @Column({ name: 'account_id', type: 'varchar', length: 26 })
  accountId: string;

  /** Of no other key of the account that still works, so that a record's user tells which one it was. */
  @Column({ name: 'name', type: 'varchar', length: 100 })
  name: string;

  /** SHA-256 of the token, in hexadecimal; the token is with the client alone. */
  @Index('api_keys_token', { unique: true })
  @Column({ name: 'token_hash', type: 'varchar', length: 64 })
  tokenHash: string;

  /** How the token begins, so that people recognise it. */
  @Column({ name: 'prefix', type: 'varchar', length: 16 })
  prefix: string;

  @ForeignKey(() => User, { onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @Column({ name: 'maker_id', type: 'varchar', length: 26 })
  makerId: string;

  /** What it may do, as far as its maker still may. */
  @Column({ name: 'privileges', type: 'varchar', length: 1000, transformer: list })
  privileges: readonly Privilege[];

  /** Networks in CIDR notation that it may be used from; none means from anywhere. Fifty of the longest fit. */
  @Column({ name: 'networks', type: 'varchar', length: 2200, transformer: list })
  networks: readonly string[];

  @Column({ name: 'created_at', type: 'datetime' })
  createdAt: Date;

  @Column({ name: 'expires_at', type: 'datetime', nullable: true })
  expiresAt: Date | null;

  /** To the minute: it is not written more often. */
  @Column({ name: 'last_used_at', type: 'datetime', nullable: true })
  lastUsedAt: Date | null;

  @Column({ name: 'revoked_at', type: 'datetime', nullable: true })
  revokedAt: Date | null;
}
