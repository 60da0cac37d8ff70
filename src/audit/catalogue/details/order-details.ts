import { amount, choice, currency, group, id, integer, list, text, texts } from './detail';

/** The version of an email template that an email was sent with. */
const TEMPLATE = {
  templateId: id("The template's id.", 'MT001'),
  version: integer("The template's version.", 3),
  language: text("The template's language, as a BCP 47 tag.", 'en'),
};

const MAIL_ID = id('The id of the queued email.', 'MA001');

const CONFIRMATION = group(
  'The confirmation that was sent to the shopper, and the email template that it was sent with.',
  {
    mailId: MAIL_ID,
    template: group('The version of the email template.', TEMPLATE),
  },
);

const REFUND = {
  refundId: id("The refund's id.", 'REF01'),
  reason: text('The reason for the refund.', 'shopper_request'),
  requestedAmount: amount("The refunded part of the order's total, before fees", '59.90'),
  fee: amount('The non-refundable fees in the requested amount', '5'),
  currency,
  lines: list(
    'The refunded lines of the order; empty for a refund by amount.',
    group('A line of the order.', {
      position: integer("The line's number in the order, starting at 1.", 1),
      quantity: integer('The number of refunded units.', 1),
    }),
  ),
};

/** The details of records about orders, refunds and invoices, by activity type. */
export const ORDER_DETAILS = {
  'order.placed': {
    shopperEmail: text("The shopper's email address.", 'sara@shopper.example'),
    payment: choice('Whether the payment was captured, or the payment provider had not decided yet.', [
      'captured',
      'pending',
    ]),
    invoiceNumber: integer('The number of the invoice, if the payment was captured.', 1),
    subscriptionReferences: texts('The references of the subscriptions that the order started.', 'ABCD1234EF'),
    confirmation: CONFIRMATION,
  },
  'refund.requested': { ...REFUND, confirmation: CONFIRMATION },
  'refund.canceled': REFUND,
  'invoice.sent': {
    invoiceNumber: integer("The invoice's number.", 1),
    recipient: text('The email address that the invoice was sent to.', 'sara@shopper.example'),
    mailId: MAIL_ID,
    template: group('The version of the email template that it was sent with; absent for the built-in text.', TEMPLATE),
  },
} as const;
