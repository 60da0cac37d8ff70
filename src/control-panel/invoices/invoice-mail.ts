import { formatFullAmount } from '../../lib/money';
import type { Mail } from '../../mail/outbox';
import type { InvoiceDocument } from '../sales/invoice.entity';
import type { EmailContent } from '../shopper-mails/email-template.entity';

/**
 * Builds the email that sends an invoice.
 * @param content the content from the active template; without it, the built-in content is used
 */
export function buildInvoiceMail(
  document: InvoiceDocument,
  pdf: Buffer,
  recipient: string,
  content: Partial<EmailContent> | undefined,
): Mail {
  const { accountId, number } = document.invoice;
  const { subject, text, html } = { ...builtInContent(document), ...content };
  return {
    accountId,
    recipient,
    subject,
    text,
    ...(html !== undefined && { html }),
    attachments: [
      { fileName: `invoice-${number}.pdf`, contentType: 'application/pdf', base64: pdf.toString('base64') },
    ],
  };
}

function builtInContent({
  invoice,
  order,
}: InvoiceDocument): Pick<EmailContent, 'subject' | 'text'> & { html?: string } {
  const { number, total, currency, sellerName } = invoice;
  return {
    subject: `Invoice ${number} from ${sellerName}`,
    text: [
      `Dear ${order.shopperName},`,
      `Attached is invoice ${number} of your order ${order.reference}: ${formatFullAmount(total, currency)} ${currency}.`,
      `${sellerName}\n`,
    ].join('\n\n'),
  };
}
