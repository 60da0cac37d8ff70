import { Entity, Index } from 'typeorm';
import { AccountRow } from '../../access/accounts/account-row';
import { User } from '../../access/members/user.entity';
import type { Privilege } from '../../access/privileges/privilege';
import { InstantColumn, ReferenceColumn, TextColumn } from '../../database/columns';

/** Stores a list of words in one column, separated by spaces. */
const list = { to: (words: readonly string[]) => words.join(' '), from: splitWords };

/** Returns the words of a column that stores a list. */
export function splitWords(text: string): string[] {
  return text.split(' ').filter((word) => word !== '');
}

/**
 * The credentials of a program, which acts on behalf of the user who created it. Never deleted, because records refer
 * to it.
 */
@Entity('api_keys')
@Index('api_keys_by_account', ['accountId', 'id'])
export class ApiKey extends AccountRow {
  /** Unique among the active API keys of the account, because records name the key by it. */
  @TextColumn('label')
  name: string;

  /** SHA-256 of the token, in hexadecimal. Only the client knows the token. */
  @Index('api_keys_token', { unique: true })
  @TextColumn('hash')
  tokenHash: string;

  /** The first characters of the token, by which users recognize it. */
  @TextColumn('tokenPrefix')
  prefix: string;

  /** The user who created it. */
  @ReferenceColumn(() => User)
  makerId: string;

  /** Its privileges. It can use those that its creator still has. */
  @TextColumn('privileges', { transformer: list })
  privileges: readonly Privilege[];

  /**
   * Networks in CIDR notation from which it can be used; none means any. The column holds fifty of the longest form.
   */
  @TextColumn('networks', { transformer: list })
  networks: readonly string[];

  @InstantColumn()
  createdAt: Date;

  @InstantColumn({ nullable: true })
  expiresAt: Date | null;

  /** Time of the last use, updated at most once a minute. */
  @InstantColumn({ nullable: true })
  lastUsedAt: Date | null;

  @InstantColumn({ nullable: true })
  revokedAt: Date | null;
}
