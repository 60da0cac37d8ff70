import { Injectable, StreamableFile } from '@nestjs/common';
import { AccountsRepository } from '../../access/accounts/accounts.repository';
import { ActivityType } from '../../audit/catalogue/activity-type';
import { CurrentActivity } from '../../audit/recording/current-activity';
import { RequestContext } from '../../context/request-context';
import { UnitOfWork } from '../../database/unit-of-work';
import { IdSource } from '../../lib/time-ordered-id';
import { Clock } from '../../lib/time/clock';
import { ZonedClock } from '../../lib/time/zoned-time';
import { Outbox } from '../../mail/outbox';
import { CountersRepository } from '../sales/counters.repository';
import type { Invoice, InvoiceDocument } from '../sales/invoice.entity';
import { InvoicesRepository } from '../sales/invoices.repository';
import type { Order } from '../sales/order.entity';
import { OrdersRepository } from '../sales/orders.repository';
import { invoiceValues } from '../shopper-mails/order-values';
import { ShopperMails } from '../shopper-mails/shopper-mails';
import { buildInvoiceMail } from './invoice-mail';
import { renderInvoicePdf } from './invoice-pdf';
import { invoiceView, type InvoiceView, type QueuedInvoice } from './invoice.view';
import type { SendInvoice } from './invoices.dto';

/** Issues, returns and sends the invoices of the account's orders. */
@Injectable()
export class InvoicesService {
  constructor(
    private readonly invoices: InvoicesRepository,
    private readonly orders: OrdersRepository,
    private readonly accounts: AccountsRepository,
    private readonly counters: CountersRepository,
    private readonly outbox: Outbox,
    private readonly mails: ShopperMails,
    private readonly unitOfWork: UnitOfWork,
    private readonly context: RequestContext,
    private readonly activity: CurrentActivity,
    private readonly clock: Clock,
    private readonly ids: IdSource,
  ) {}

  /**
   * Issues the invoice of an order in the open transaction. If that rolls back, the next invoice takes the same number.
   */
  issue({ id: orderId, accountId, total, currency }: Order): Promise<Invoice> {
    return this.unitOfWork.run(async () => {
      const seller = await this.accounts.get(accountId);
      const number = await this.counters.next(accountId, 'invoice');
      const issuedAt = this.clock.now();
      const id = this.ids.next(issuedAt);
      const { name: sellerName, timeZone } = seller;
      const invoice = { id, accountId, number, orderId, total, currency, sellerName, timeZone, issuedAt };
      await this.invoices.insert(invoice);
      return invoice;
    });
  }

  /** Returns the invoice of an order. */
  async get(reference: string): Promise<InvoiceView> {
    return invoiceView(await this.getDocument(reference), ZonedClock.of(this.context.actor.timeZone));
  }

  /** Returns the invoice of an order as a PDF file to download. */
  async getPdf(reference: string): Promise<StreamableFile> {
    const document = await this.getDocument(reference);
    const file = await renderInvoicePdf(document);
    const disposition = `attachment; filename="invoice-${document.invoice.number}.pdf"`;
    return new StreamableFile(file, { type: 'application/pdf', disposition, length: file.length });
  }

  /**
   * Queues an email with the invoice of an order for the shopper, or for the recipient in the request. The PDF is
   * rendered before the transaction starts, because that takes about 100 milliseconds.
   */
  async send(reference: string, request: SendInvoice): Promise<QueuedInvoice> {
    const { comment } = request;
    const document = await this.getDocument(reference);
    const { accountId, shopperEmail, shopperLanguage } = document.order;
    const language = request.language ?? shopperLanguage;
    const rendered = await this.mails.render('invoice', accountId, language, (seller) =>
      invoiceValues(document, seller),
    );
    const pdf = await renderInvoicePdf(document);
    const mail = buildInvoiceMail(document, pdf, request.recipient ?? shopperEmail, rendered?.content);
    return this.unitOfWork.run(async () => {
      const mailId = await this.outbox.queue(mail);
      const templateDetail = rendered && { template: rendered.template };
      const details = { invoiceNumber: document.invoice.number, recipient: mail.recipient, mailId, ...templateDetail };
      this.activity.describe(ActivityType.InvoiceSent, {
        orderReference: reference,
        ...(comment && { comment }),
        details,
      });
      return { mailId, recipient: mail.recipient };
    });
  }

  private async getDocument(reference: string): Promise<InvoiceDocument> {
    const order = await this.orders.get(this.context.actor.accountId, reference);
    return { order, invoice: await this.invoices.getByOrder(order), lines: await this.orders.findLines(order.id) };
  }
}
