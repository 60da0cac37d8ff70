import { Injectable } from '@nestjs/common';
import { Account } from '../../access/accounts/account.entity';
import { UnitOfWork } from '../../database/unit-of-work';
import { Invoice } from './invoice.entity';

/** Invoices. */
@Injectable()
export class InvoicesRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async insert(invoice: Invoice): Promise<void> {
    await this.unitOfWork.manager.insert(Invoice, invoice);
  }

  /** The account that an invoice is from, as it is now. */
  seller(accountId: string): Promise<Account> {
    return this.unitOfWork.manager.findOneByOrFail(Account, { id: accountId });
  }

  /** The one invoice that every order has. */
  ofOrder(orderId: string): Promise<Invoice> {
    return this.unitOfWork.manager.findOneByOrFail(Invoice, { orderId });
  }
}
