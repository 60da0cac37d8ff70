import { Entity, Index } from 'typeorm';
import { InstantColumn } from '../../database/columns';
import { CardMovement } from './card-movement';

/** A charge that the built-in gateway has answered with `pending`, until it settles it. */
@Entity('pending_charges')
@Index('pending_charges_key', ['accountId', 'key'], { unique: true })
export class PendingCharge extends CardMovement {
  /** From when on it is settled. */
  @InstantColumn()
  settleAt: Date;
}
