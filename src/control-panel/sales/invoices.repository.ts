import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/unit-of-work';
import { Problem } from '../../http/problems/problem';
import { inPath } from '../../http/problems/request-field';
import { Invoice } from './invoice.entity';
import type { Order } from './order.entity';

/** Reads and writes invoices. */
@Injectable()
export class InvoicesRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async insert(invoice: Invoice): Promise<void> {
    await this.unitOfWork.manager.insert(Invoice, invoice);
  }

  /** Finds the invoice of an order; undefined unless the order is finished. */
  async findByOrder(orderId: string): Promise<Invoice | undefined> {
    return (await this.unitOfWork.manager.findOneBy(Invoice, { orderId })) ?? undefined;
  }

  /**
   * Returns the invoice of an order; 404 unless the order is finished.
   * @param field the field of the request that holds the order's reference
   */
  async getByOrder({ id, status }: Order, field = inPath('reference')): Promise<Invoice> {
    const invoice = await this.findByOrder(id);
    if (invoice) return invoice;
    const message = `Only a finished order has an invoice; this one is ${status}.`;
    throw Problem.notFound('invoice_not_found', field, message);
  }
}
