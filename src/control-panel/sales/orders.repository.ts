import { Injectable } from '@nestjs/common';
import type { FindOptionsWhere } from 'typeorm';
import { forUpdate } from '../../database/dialect';
import { SelectStatement } from '../../database/select-statement';
import { UnitOfWork } from '../../database/unit-of-work';
import { Problem } from '../../http/problems/problem';
import { inPath } from '../../http/problems/request-field';
import { Order, OrderLine, type OrderStatus } from './order.entity';

/** The filter of a list of orders. */
export interface OrderFilter {
  readonly accountId: string;
  readonly reference?: string;
  readonly shopperEmail?: string;
  readonly status?: OrderStatus;
}

/** Reads and writes orders and their lines. */
@Injectable()
export class OrdersRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Lists orders, newest first, starting after the given id. */
  list(filter: OrderFilter, after: string | undefined, take: number): Promise<Order[]> {
    const { manager } = this.unitOfWork;
    return SelectStatement.for(manager, Order).page(manager, { ...filter }, { order: 'DESC', after, take });
  }

  /**
   * Returns an order; 404 if the account has no order with this reference.
   * @param field the field of the request that holds the reference
   */
  async get(accountId: string, reference: string, field = inPath('reference')): Promise<Order> {
    return assertFound(await this.unitOfWork.manager.findOneBy(Order, { accountId, reference }), field);
  }

  /** Locks an order until the transaction ends; 404 if the account has no order with this reference. */
  lock(accountId: string, reference: string): Promise<Order> {
    return this.lockWhere({ accountId, reference });
  }

  /** Locks an order until the transaction ends; 404 if the account has no order with this id. */
  lockById(accountId: string, id: string): Promise<Order> {
    return this.lockWhere({ accountId, id });
  }

  private async lockWhere(where: FindOptionsWhere<Order>): Promise<Order> {
    const { manager } = this.unitOfWork;
    return assertFound(await forUpdate(manager, manager.createQueryBuilder(Order, 'o').where(where)).getOne());
  }

  /** Finds the lines of an order, sorted by position. */
  findLines(orderId: string): Promise<OrderLine[]> {
    return this.unitOfWork.manager.find(OrderLine, { where: { orderId }, order: { position: 'ASC' } });
  }

  async insert(order: Order, lines: OrderLine[]): Promise<void> {
    await this.unitOfWork.manager.insert(Order, order);
    await this.unitOfWork.manager.insert(OrderLine, lines);
  }

  /** Saves the references of the subscriptions that the lines of an order started. */
  async updateSubscriptionReferences(lines: readonly OrderLine[]): Promise<void> {
    for (const { id, subscriptionReference } of lines) {
      if (subscriptionReference === null) continue;
      await this.unitOfWork.manager.update(OrderLine, { id }, { subscriptionReference });
    }
  }

  async update(id: string, columns: Partial<Pick<Order, 'refunded' | 'status'>>): Promise<void> {
    await this.unitOfWork.manager.update(Order, { id }, columns);
  }
}

function assertFound(order: Order | null, field = inPath('reference')): Order {
  if (order) return order;
  throw Problem.notFound('order_not_found', field, 'There is no order with this reference.');
}
