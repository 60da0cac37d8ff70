import { Entity, Index } from 'typeorm';
import { InstantColumn, TextColumn } from '../../database/columns';
import { CardMovement } from './card-movement';

export const MOVEMENTS = ['charge', 'refund'] as const;
export type Movement = (typeof MOVEMENTS)[number];

/** A movement of money in the built-in gateway's books: a charge or a refund. */
@Entity('ledger_entries')
@Index('ledger_entries_key', ['accountId', 'key'], { unique: true })
export class LedgerEntry extends CardMovement {
  @TextColumn('word')
  movement: Movement;

  @InstantColumn()
  movedAt: Date;
}
