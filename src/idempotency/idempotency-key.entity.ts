import { Entity, Index } from 'typeorm';
import { Account } from '../access/accounts/account.entity';
import { InstantColumn, JsonColumn, ReferenceColumn, TextColumn } from '../database/columns';

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
  @ReferenceColumn(() => Account, { primary: true })
  accountId: string;

  /** SHA-256 of the user id and the client's key. */
  @TextColumn('hash', { primary: true })
  keyHash: string;

  /** SHA-256 of the request's body, and of its path if that has parameters. */
  @TextColumn('hash')
  bodyHash: string;

  /**
   * The response as JSON text, or null while the first request is running. The text is inside a JSON column, because
   * such a column holds text of any length on every database, and the text keeps the order of the fields.
   */
  @JsonColumn({ nullable: true })
  response: { readonly json: string } | null;

  /** Start of the request that claimed the key. */
  @InstantColumn()
  createdAt: Date;
}
