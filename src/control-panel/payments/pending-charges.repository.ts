import { Injectable } from '@nestjs/common';
import { LessThanOrEqual, MoreThan } from 'typeorm';
import { forUpdateOfUnlocked, insertIgnoring } from '../../database/dialect';
import { UnitOfWork } from '../../database/unit-of-work';
import { PendingCharge } from './pending-charge.entity';

/** Reads and writes the charges that the built-in gateway has not settled yet. */
@Injectable()
export class PendingChargesRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Stores a charge, unless the account already has one with the same key. */
  async insert(charge: PendingCharge): Promise<void> {
    await insertIgnoring(this.unitOfWork.manager, PendingCharge, charge);
  }

  /** Returns the ids of due charges, in ascending order, starting after the given id. */
  async findDueIds(now: Date, after: string | undefined, take: number): Promise<string[]> {
    const charges = await this.unitOfWork.manager.find(PendingCharge, {
      select: { id: true },
      where: { settleAt: LessThanOrEqual(now), ...(after !== undefined && { id: MoreThan(after) }) },
      order: { id: 'ASC' },
      take,
    });
    return charges.map(({ id }) => id);
  }

  /**
   * Deletes a charge and returns it; undefined if another process has settled it or is settling it. If the transaction
   * rolls back, the charge stays pending. If two nodes of a cluster delete it at the same time, only one can commit.
   */
  async delete(id: string): Promise<PendingCharge | undefined> {
    const { manager } = this.unitOfWork;
    const pending = manager.createQueryBuilder(PendingCharge, 'charge').where({ id });
    const charge = await forUpdateOfUnlocked(manager, pending).getOne();
    if (!charge) return undefined;
    await manager.delete(PendingCharge, { id });
    return charge;
  }
}
