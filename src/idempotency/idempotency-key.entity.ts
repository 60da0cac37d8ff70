import { Entity, Index } from 'typeorm';
import { Account } from '../access/accounts/account.entity';
import { InstantColumn, JsonColumn, ReferenceColumn, TextColumn } from '../database/columns';

/** Days for which a key is remembered; the contract promises them to clients. */
export const KEY_DAYS = 7;

/** Returns the moment since which keys are remembered: a request with an older key is a new request. */
export function keptSince(now: Date): Date {
  return new Date(now.getTime() - KEY_DAYS * 24 * 60 * 60_000);
}

/** A request that must have its effect once, however often it is sent; and what it was answered. */
@Entity('idempotency_keys')
@Index('idempotency_keys_by_time', ['createdAt'])
export class IdempotencyKey {
  @ReferenceColumn(() => Account, { primary: true })
  accountId: string;

  /** SHA-256 of the client's key and of the user who sent it. */
  @TextColumn('hash', { primary: true })
  keyHash: string;

  /** SHA-256 of the request's body, and of its path where that has parameters. */
  @TextColumn('hash')
  bodyHash: string;

  /**
   * The JSON of the answer; null while the first request is still running. It is a text inside of a JSON column: such a
   * column holds answers of any length on every database, and the text keeps the order of the answer's fields.
   */
  @JsonColumn({ nullable: true })
  response: { readonly json: string } | null;

  /** When the request began that this row is of. */
  @InstantColumn()
  createdAt: Date;
}
