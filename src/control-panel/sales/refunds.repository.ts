import { Injectable } from '@nestjs/common';
import { In, LessThan, LessThanOrEqual, MoreThan } from 'typeorm';
import { forUpdate, forUpdateOfUnlocked } from '../../database/dialect';
import { UnitOfWork } from '../../database/unit-of-work';
import { Problem } from '../../http/problems/problem';
import { inBody } from '../../http/problems/request-field';
import { at, lookUp } from '../../lib/elements';
import { Order } from './order.entity';
import { Refund, RefundLine, type RefundStatus } from './refund.entity';

/** A refund with its refunded lines; without lines if it was requested by amount. */
export type RefundWithLines = Refund & { readonly lines: RefundLine[] };

/** The part of an order that its requested and processed refunds already cover. Canceled refunds do not count. */
export interface RefundedSoFar {
  /** The sum of their fees, in minor units. */
  readonly fee: number;
  /** The refunded units of each order line, by the line's position. */
  readonly quantities: ReadonlyMap<number, number>;
}

/** The statuses of the refunds that count as refunded. */
const COUNTED_STATUSES: RefundStatus[] = ['requested', 'processed'];

/** Reads and writes refunds and their lines. */
@Injectable()
export class RefundsRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Lists the refunds of an order, newest first, starting after the given id. */
  async list(orderId: string, after: string | undefined, take: number): Promise<RefundWithLines[]> {
    const where = { orderId, ...(after !== undefined && { id: LessThan(after) }) };
    return this.addLines(await this.unitOfWork.manager.find(Refund, { where, order: { id: 'DESC' }, take }));
  }

  /**
   * Sums the part of the order that its refunds already cover. Lock the order first, because another request could add
   * a refund.
   */
  async sumRefunded(orderId: string): Promise<RefundedSoFar> {
    const { manager } = this.unitOfWork;
    const fee = await manager.sum(Refund, 'fee', { orderId, status: In(COUNTED_STATUSES) });
    const refundedUnits = await manager
      .createQueryBuilder(RefundLine, 'line')
      .select('line.position', 'position')
      .addSelect('SUM(line.quantity)', 'quantity')
      .innerJoin(Refund, 'refund', 'refund.id = line.refundId')
      .where('refund.orderId = :orderId AND refund.status IN (:...statuses)', { orderId, statuses: COUNTED_STATUSES })
      .groupBy('line.position')
      .getRawMany<{ position: number; quantity: string | number }>();
    const quantities = new Map(refundedUnits.map(({ position, quantity }) => [position, Number(quantity)]));
    return { fee: fee ?? 0, quantities };
  }

  /** Finds the refunds of an order that can still be canceled, oldest first. */
  findRequested(orderId: string, take: number): Promise<Refund[]> {
    return this.unitOfWork.manager.find(Refund, {
      where: { orderId, status: 'requested' },
      order: { id: 'ASC' },
      take,
    });
  }

  /** Finds the order's newest refund, in any status. */
  async findNewest(orderId: string): Promise<Refund | undefined> {
    return (await this.unitOfWork.manager.findOne(Refund, { where: { orderId }, order: { id: 'DESC' } })) ?? undefined;
  }

  /**
   * Locks one of the order's refunds until the transaction ends, so that no job processes it; 404 if it does not exist.
   */
  async lock(orderId: string, id: string): Promise<RefundWithLines> {
    const { manager } = this.unitOfWork;
    const refund = await forUpdate(manager, manager.createQueryBuilder(Refund, 'r').where({ orderId, id })).getOne();
    if (!refund)
      throw Problem.notFound('refund_not_found', inBody('refundId'), 'The order has no refund with this id.');
    return at(await this.addLines([refund]), 0);
  }

  async insert({ lines, ...refund }: RefundWithLines): Promise<void> {
    await this.unitOfWork.manager.insert(Refund, refund);
    if (lines.length > 0) await this.unitOfWork.manager.insert(RefundLine, lines);
  }

  async update(id: string, columns: Pick<Refund, 'status'>): Promise<void> {
    await this.unitOfWork.manager.update(Refund, { id }, columns);
  }

  /** Returns the ids of refunds that are due for processing, in ascending order, starting after the given id. */
  async findDueIds(now: Date, after: string | undefined, take: number): Promise<string[]> {
    const where = { ...whereDue(now), ...(after !== undefined && { id: MoreThan(after) }) };
    const refunds = await this.unitOfWork.manager.find(Refund, {
      select: { id: true },
      where,
      order: { id: 'ASC' },
      take,
    });
    return refunds.map(({ id }) => id);
  }

  /**
   * Locks a refund and reads its order; undefined if the refund is no longer due or another transaction has it locked.
   */
  async lockDue(id: string, now: Date): Promise<{ refund: Refund; order: Order } | undefined> {
    const { manager } = this.unitOfWork;
    const refund = await forUpdateOfUnlocked(
      manager,
      manager.createQueryBuilder(Refund, 'r').where({ id, ...whereDue(now) }),
    ).getOne();
    return refund ? { refund, order: await manager.findOneByOrFail(Order, { id: refund.orderId }) } : undefined;
  }

  private async addLines(refunds: Refund[]): Promise<RefundWithLines[]> {
    const lines = await this.unitOfWork.manager.find(RefundLine, {
      where: { refundId: In(refunds.map(({ id }) => id)) },
      order: { position: 'ASC' },
    });
    const linesOf = new Map<string, RefundLine[]>(refunds.map(({ id }) => [id, []]));
    for (const line of lines) linesOf.get(line.refundId)?.push(line);
    return refunds.map((refund) => ({ ...refund, lines: lookUp(linesOf, refund.id) }));
  }
}

function whereDue(now: Date) {
  return { status: 'requested' as const, processAt: LessThanOrEqual(now) };
}
