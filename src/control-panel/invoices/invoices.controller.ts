import { Body, Controller, Get, HttpCode, HttpStatus, Param, Post, type StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { RequirePrivilege } from '../../access/guard/access-rule.decorator';
import { Privilege } from '../../access/privileges/privilege';
import { ActivityType } from '../../audit/catalogue/activity-type';
import { Tracked, TracksPage } from '../../audit/tracking/tracked.decorator';
import { Answers } from '../../http/contract/answers.decorator';
import { SendsHeaders } from '../../http/contract/response-headers';
import { Fails } from '../../http/problems/fails.decorator';
import { AnswersHead } from '../../http/server/head-routes';
import { describeOrderAttempt } from '../sales/describe-order-attempt';
import { OrderParams } from '../sales/order-params.dto';
import { InvoiceView, QueuedInvoice } from './invoice.view';
import { SendInvoice } from './invoices.dto';
import { InvoicesService } from './invoices.service';

/** The invoices of orders, and sending them to shoppers. */
@ApiTags('Orders')
@Controller('orders/:reference')
@RequirePrivilege(Privilege.Invoices)
export class InvoicesController {
  constructor(private readonly invoices: InvoicesService) {}

  /** Returns the invoice of an order. Only a finished order has an invoice. */
  @Answers('The invoice with its lines.')
  @Fails('order_not_found', 'invoice_not_found')
  @Get('invoice')
  @TracksPage('Invoice')
  get(@Param() { reference }: OrderParams): Promise<InvoiceView> {
    return this.invoices.get(reference);
  }

  /** Downloads the invoice of an order as a PDF file. The content of the file never changes. */
  @Fails('order_not_found', 'invoice_not_found')
  @Get('invoice.pdf')
  @AnswersHead({ 'content-type': 'application/pdf' })
  @TracksPage('Invoice PDF')
  @SendsHeaders('Content-Disposition')
  @ApiOkResponse({
    description: 'The invoice as a PDF file.',
    content: { 'application/pdf': { schema: { type: 'string', format: 'binary' } } },
  })
  pdf(@Param() { reference }: OrderParams): Promise<StreamableFile> {
    return this.invoices.getPdf(reference);
  }

  /**
   * Sends the invoice of an order to the shopper as a PDF file by email. The email is queued in the same transaction as
   * its record, and is sent shortly afterwards. If the mail server is not available, the service retries for 20 hours.
   */
  @Post('invoice/send')
  @HttpCode(HttpStatus.ACCEPTED)
  @Answers('The email is queued, and is sent shortly afterwards.')
  @Fails('order_not_found', 'invoice_not_found')
  @Tracked(ActivityType.InvoiceSent, describeOrderAttempt)
  send(@Param() { reference }: OrderParams, @Body() request: SendInvoice): Promise<QueuedInvoice> {
    return this.invoices.send(reference, request);
  }
}
