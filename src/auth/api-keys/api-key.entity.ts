import { Entity, Index } from 'typeorm';
import { AccountRow } from '../../access/accounts/account-row';
import { User } from '../../access/members/user.entity';
import type { Privilege } from '../../access/privileges/privilege';
import { InstantColumn, ReferenceColumn, TextColumn } from '../../database/columns';

/** Keeps a list of words in one column, with blanks between them. */
const list = {
  to: (words: readonly string[]) => words.join(' '),
  from: (text: string) => text.split(' ').filter((word) => word !== ''),
};

/** What a program signs in with, on behalf of the user who made it. Never deleted: records name it. */
@Entity('api_keys')
@Index('api_keys_by_account', ['accountId', 'id'])
export class ApiKey extends AccountRow {
  /** Of no other key of the account that still works, so that a record's user tells which one it was. */
  @TextColumn('label')
  name: string;

  /** SHA-256 of the token, in hexadecimal; the token is with the client alone. */
  @Index('api_keys_token', { unique: true })
  @TextColumn('hash')
  tokenHash: string;

  /** How the token begins, so that people recognise it. */
  @TextColumn('tokenPrefix')
  prefix: string;

  @ReferenceColumn(() => User)
  makerId: string;

  /** What it may do, as far as its maker still may. */
  @TextColumn('privileges', { transformer: list })
  privileges: readonly Privilege[];

  /** Networks in CIDR notation that it may be used from; none means from anywhere. Fifty of the longest fit. */
  @TextColumn('networks', { transformer: list })
  networks: readonly string[];

  @InstantColumn()
  createdAt: Date;

  @InstantColumn({ nullable: true })
  expiresAt: Date | null;

  /** To the minute: it is not written more often. */
  @InstantColumn({ nullable: true })
  lastUsedAt: Date | null;

  @InstantColumn({ nullable: true })
  revokedAt: Date | null;
}
