import { Injectable } from '@nestjs/common';
import { In, LessThan, LessThanOrEqual, MoreThan } from 'typeorm';
import { forUpdate, forUpdateOfUnlocked } from '../../database/dialect';
import { UnitOfWork } from '../../database/unit-of-work';
import { Problem } from '../../http/problems/problem';
import { inBody } from '../../http/problems/request-field';
import { at } from '../../lib/elements';
import { Order } from './order.entity';
import { Refund, RefundLine, type RefundStatus } from './refund.entity';

/** A refund with the pieces that it takes back. */
export type RefundWithLines = Refund & { readonly lines: RefundLine[] };

/** What an order's requested and processed refunds take already; canceled ones take nothing. */
export interface Taken {
  /** Fees that they keep back, in minor units. */
  readonly fee: number;
  /** Pieces by position of their line. */
  readonly quantities: ReadonlyMap<number, number>;
}

const TAKING: RefundStatus[] = ['requested', 'processed'];

/** Refunds and the pieces that they take back. */
@Injectable()
export class RefundsRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Newest first. */
  async list(orderId: string, after: string | undefined, take: number): Promise<RefundWithLines[]> {
    const where = { orderId, ...(after !== undefined && { id: LessThan(after) }) };
    return this.withLines(await this.unitOfWork.manager.find(Refund, { where, order: { id: 'DESC' }, take }));
  }

  /** What the order's refunds take already. Lock the order first: others may be requesting. */
  async sumTaken(orderId: string): Promise<Taken> {
    const { manager } = this.unitOfWork;
    const fee = await manager.sum(Refund, 'fee', { orderId, status: In(TAKING) });
    const pieces = await manager
      .createQueryBuilder(RefundLine, 'line')
      .select('line.position', 'position')
      .addSelect('SUM(line.quantity)', 'quantity')
      .innerJoin(Refund, 'refund', 'refund.id = line.refundId')
      .where('refund.orderId = :orderId AND refund.status IN (:...statuses)', { orderId, statuses: TAKING })
      .groupBy('line.position')
      .getRawMany<{ position: number; quantity: string | number }>();
    const quantities = new Map(pieces.map(({ position, quantity }) => [position, Number(quantity)]));
    return { fee: fee ?? 0, quantities };
  }

  /** Those that may be canceled, oldest first. */
  findRequested(orderId: string, take: number): Promise<Refund[]> {
    return this.unitOfWork.manager.find(Refund, {
      where: { orderId, status: 'requested' },
      order: { id: 'ASC' },
      take,
    });
  }

  /** The order's newest refund, in whatever status. */
  async findNewest(orderId: string): Promise<Refund | undefined> {
    return (await this.unitOfWork.manager.findOne(Refund, { where: { orderId }, order: { id: 'DESC' } })) ?? undefined;
  }

  /** Locks one of the order's refunds until the transaction ends, so that no job processes it; 404 where it has none of this id. */
  async lock(orderId: string, id: string): Promise<RefundWithLines> {
    const { manager } = this.unitOfWork;
    const refund = await forUpdate(manager, manager.createQueryBuilder(Refund, 'r').where({ orderId, id })).getOne();
    if (!refund)
      throw Problem.notFound('refund_not_found', inBody('refundId'), 'The order has no refund with this id.');
    return at(await this.withLines([refund]), 0);
  }

  async insert({ lines, ...refund }: RefundWithLines): Promise<void> {
    await this.unitOfWork.manager.insert(Refund, refund);
    if (lines.length > 0) await this.unitOfWork.manager.insert(RefundLine, lines);
  }

  async update(id: string, changed: Pick<Refund, 'status'>): Promise<void> {
    await this.unitOfWork.manager.update(Refund, { id }, changed);
  }

  /** Ids of refunds that are to be processed, in the order of their ids: the first ones, or those after the given one. */
  async findDueIds(now: Date, after: string | undefined, take: number): Promise<string[]> {
    const where = { ...due(now), ...(after !== undefined && { id: MoreThan(after) }) };
    const refunds = await this.unitOfWork.manager.find(Refund, {
      select: { id: true },
      where,
      order: { id: 'ASC' },
      take,
    });
    return refunds.map(({ id }) => id);
  }

  /** Locks a refund and reads its order; undefined if the refund is no longer due or another transaction has it locked. */
  async lockDue(id: string, now: Date): Promise<{ refund: Refund; order: Order } | undefined> {
    const { manager } = this.unitOfWork;
    const refund = await forUpdateOfUnlocked(
      manager,
      manager.createQueryBuilder(Refund, 'r').where({ id, ...due(now) }),
    ).getOne();
    return refund ? { refund, order: await manager.findOneByOrFail(Order, { id: refund.orderId }) } : undefined;
  }

  private async withLines(refunds: Refund[]): Promise<RefundWithLines[]> {
    const lines = await this.unitOfWork.manager.find(RefundLine, {
      where: { refundId: In(refunds.map(({ id }) => id)) },
      order: { position: 'ASC' },
    });
    return refunds.map((refund) => ({ ...refund, lines: lines.filter(({ refundId }) => refundId === refund.id) }));
  }
}

function due(now: Date) {
  return { status: 'requested' as const, processAt: LessThanOrEqual(now) };
}
