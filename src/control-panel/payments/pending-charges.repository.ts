import { Injectable } from '@nestjs/common';
import { LessThanOrEqual, MoreThan } from 'typeorm';
import { forUpdateOfUnlocked, insertIgnoring } from '../../database/dialect';
import { UnitOfWork } from '../../database/unit-of-work';
import { PendingCharge } from './pending-charge.entity';

/** The charges that the built-in gateway has not settled yet. */
@Injectable()
export class PendingChargesRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Notes a charge, unless one with the same key is there already. */
  async insert(charge: PendingCharge): Promise<void> {
    await insertIgnoring(this.unitOfWork.manager, PendingCharge, charge);
  }

  /** Returns ids of charges that are due, in the order of their ids: the first ones, or those after the given one. */
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
   * Removes a charge and returns it; undefined if another process has settled it or is doing so. A transaction that rolls
   * back leaves it pending. On a cluster, of two nodes that remove it at once only one can commit.
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
