import type { Mail } from '../../mail/outbox';
import type { InvoiceDocument } from './invoice-document';
import { fixed } from './invoice-pdf';

/** The mail that an invoice goes out with. */
export function invoiceMail({ invoice, order }: InvoiceDocument, pdf: Buffer, recipient: string): Mail {
  const { accountId, number, total, currency, sellerName } = invoice;
  return {
    accountId,
    recipient,
    subject: `Invoice ${number} from ${sellerName}`,
    text: [
      `Dear ${order.shopperName},`,
      `Attached is invoice ${number} of your order ${order.reference}: ${fixed(total, currency)} ${currency}.`,
      `${sellerName}\n`,
    ].join('\n\n'),
    attachments: [
      { fileName: `invoice-${number}.pdf`, contentType: 'application/pdf', base64: pdf.toString('base64') },
    ],
  };
}
