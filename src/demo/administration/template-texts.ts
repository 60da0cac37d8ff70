import type { EmailContent, EmailKind } from '../../control-panel/shopper-mails/email-template.entity';

/** A template that somebody can create: its name, its kind, its language and its content. */
export interface TemplateText {
  readonly name: string;
  readonly kind: EmailKind;
  readonly language: string;
  readonly content: EmailContent;
}

const INVOICE: EmailContent = {
  subject: 'Invoice {{invoiceNumber}} from {{sellerName}}',
  html:
    '<p>Dear {{shopperName}},</p>' +
    '<p>thank you for your order <b>{{orderReference}}</b> of {{orderDate}}: {{products}}.</p>' +
    '<p>Attached is invoice {{invoiceNumber}}: {{total}} {{currency}}.</p><p>{{sellerName}}</p>',
  text:
    'Dear {{shopperName}},\n\nthank you for your order {{orderReference}} of {{orderDate}}: {{products}}.\n\n' +
    'Attached is invoice {{invoiceNumber}}: {{total}} {{currency}}.\n\n{{sellerName}}\n',
};
const ORDER: EmailContent = {
  subject: 'Your order {{orderReference}}',
  html: '<p>Dear {{shopperName}},</p><p>we have your order <b>{{orderReference}}</b>: {{products}}.</p>',
  text: 'Dear {{shopperName}},\n\nwe have your order {{orderReference}}: {{products}}.\n',
};
const REFUND: EmailContent = {
  subject: 'Your refund of order {{orderReference}}',
  html: '<p>Dear {{shopperName}},</p><p><b>{{refundAmount}} {{currency}}</b> go back to your card.</p>',
  text: 'Dear {{shopperName}},\n\n{{refundAmount}} {{currency}} go back to your card.\n',
};

/** The templates of the contract's examples. */
export const EXAMPLE_TEMPLATES = {
  invoice: { name: 'Invoice', kind: 'invoice', language: 'en', content: INVOICE },
  order: { name: 'Old order confirmation', kind: 'order_confirmation', language: 'en', content: ORDER },
  refund: { name: 'Refund confirmation', kind: 'refund_confirmation', language: 'en', content: REFUND },
} as const satisfies Record<string, TemplateText>;

/** The templates that users create later. */
export const LATER_TEMPLATES: readonly TemplateText[] = [
  invoiceIn('de', 'Rechnung', 'Guten Tag {{shopperName}},', 'anbei die Rechnung zu Ihrer Bestellung'),
  invoiceIn('ro', 'Factură', 'Bună ziua {{shopperName}},', 'atașat găsiți factura pentru comanda'),
  invoiceIn('fr', 'Facture', 'Bonjour {{shopperName}},', 'voici la facture de votre commande'),
  { ...EXAMPLE_TEMPLATES.order, name: 'Order confirmation, friendly' },
  { ...EXAMPLE_TEMPLATES.refund, name: 'Refund confirmation, short' },
  { ...EXAMPLE_TEMPLATES.order, name: 'Order confirmation, winter sale' },
  { ...EXAMPLE_TEMPLATES.invoice, name: 'Invoice for companies' },
];

function invoiceIn(language: string, word: string, greeting: string, sentence: string): TemplateText {
  const content = {
    subject: `${word} {{invoiceNumber}}: {{sellerName}}`,
    html: `<p>${greeting}</p><p>${sentence} <b>{{orderReference}}</b>: {{total}} {{currency}}.</p>`,
    text: `${greeting}\n\n${sentence} {{orderReference}}: {{total}} {{currency}}.\n`,
  };
  return { name: `${word} (${language})`, kind: 'invoice', language, content };
}
