import { Injectable } from '@nestjs/common';
import { AccountsRepository } from '../../access/accounts/accounts.repository';
import { Problem } from '../../http/problems/problem';
import { inBody } from '../../http/problems/request-field';
import { InvoicesRepository } from '../sales/invoices.repository';
import { OrdersRepository } from '../sales/orders.repository';
import { RefundsRepository } from '../sales/refunds.repository';

import type { EmailKind } from '../shopper-mails/email-template.entity';
import { invoiceValues, orderValues, refundValues } from '../shopper-mails/order-values';

/** Resolves the placeholders of an email to the values of an order, for previews and test emails. */
@Injectable()
export class OrderPlaceholderValues {
  constructor(
    private readonly orders: OrdersRepository,
    private readonly invoices: InvoicesRepository,
    private readonly refunds: RefundsRepository,
    private readonly accounts: AccountsRepository,
  ) {}

  /** Returns the values for a kind of email. A refund's confirmation uses the order's newest refund, in any status. */
  async resolve(kind: EmailKind, accountId: string, reference: string): Promise<Readonly<Record<string, string>>> {
    const order = await this.orders.get(accountId, reference, inBody('orderReference'));
    const lines = await this.orders.findLines(order.id);
    const seller = await this.accounts.get(accountId);
    switch (kind) {
      case 'invoice':
        return invoiceValues(
          { invoice: await this.invoices.getByOrder(order, inBody('orderReference')), order, lines },
          seller,
        );
      case 'order_confirmation':
      case 'order_cancellation':
        return orderValues(order, lines, seller);
      case 'refund_confirmation': {
        const refund = await this.refunds.findNewest(order.id);
        if (refund) return refundValues(refund, order, lines, seller);
        throw Problem.conflict('refund_not_requested', 'No refund of this order has been requested.');
      }
    }
  }
}
