import { Entity, Index } from 'typeorm';
import { InstantColumn } from '../../database/columns';
import { CardMovement } from './card-movement';

/** A charge that the built-in gateway answered with `pending` and has not settled yet. */
@Entity('pending_charges')
@Index('pending_charges_key', ['accountId', 'key'], { unique: true })
export class PendingCharge extends CardMovement {
  /** The earliest time at which the charge is settled. */
  @InstantColumn()
  settleAt: Date;
}
