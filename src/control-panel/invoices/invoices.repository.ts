import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/unit-of-work';
import { Invoice } from './invoice.entity';

/** Invoices. */
@Injectable()
export class InvoicesRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async insert(invoice: Invoice): Promise<void> {
    await this.unitOfWork.manager.insert(Invoice, invoice);
  }

  /** The one invoice that every order has. */
  ofOrder(orderId: string): Promise<Invoice> {
    return this.unitOfWork.manager.findOneByOrFail(Invoice, { orderId });
  }
}
