import { Entity, Index } from 'typeorm';
import { Account } from '../access/accounts/account.entity';
import { InstantColumn, JsonColumn, ReferenceColumn, TextColumn } from '../database/columns';

/** The number of days that a key is kept, which the contract states. */
export const KEY_DAYS = 7;

/** Returns the time before which keys are outdated: a request with an older key counts as a new request. */
export function retentionStart(now: Date): Date {
  return new Date(now.getTime() - KEY_DAYS * 24 * 60 * 60_000);
}

/** The Idempotency-Key of a request, and the response that is sent again if the request is repeated. */
@Entity('idempotency_keys')
@Index('idempotency_keys_by_time', ['createdAt'])
export class IdempotencyKey {
  @ReferenceColumn(() => Account, { primary: true })
  accountId: string;

  /** SHA-256 of the user id and the client's key. */
  @TextColumn('hash', { primary: true })
  keyHash: string;

  /** SHA-256 of the request's method, path and body. */
  @TextColumn('hash')
  bodyHash: string;

  /**
   * The response, or null while the first request is running. It is JSON text inside a JSON column: the column can hold
   * a text of any length on every database, and the text keeps the order of the response's fields.
   */
  @JsonColumn({ nullable: true })
  response: { readonly json: string } | null;

  /** When the request that first sent the key started. */
  @InstantColumn()
  createdAt: Date;
}
