import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/unit-of-work';
import { Problem } from '../../http/problems/problem';
import { inPath } from '../../http/problems/request-field';
import { Invoice } from './invoice.entity';
import type { Order } from './order.entity';

/** Invoices. */
@Injectable()
export class InvoicesRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async insert(invoice: Invoice): Promise<void> {
    await this.unitOfWork.manager.insert(Invoice, invoice);
  }

  /** The invoice of an order; undefined unless the order is finished. */
  async findOfOrder(orderId: string): Promise<Invoice | undefined> {
    return (await this.unitOfWork.manager.findOneBy(Invoice, { orderId })) ?? undefined;
  }

  /**
   * The invoice of an order; 404 unless the order is finished.
   * @param field what the request calls the order's reference
   */
  async getOfOrder({ id, status }: Order, field = inPath('reference')): Promise<Invoice> {
    const invoice = await this.findOfOrder(id);
    if (invoice) return invoice;
    const message = `Only a finished order has an invoice; this one is ${status}.`;
    throw Problem.notFound('invoice_not_found', field, message);
  }
}
