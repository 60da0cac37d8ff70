import type { EmailKind } from './email-template.entity';

/** A placeholder, which a template writes as `{{name}}` and an email replaces with a value. */
export interface EmailPlaceholder {
  readonly name: string;
  readonly description: string;
  /** The value in previews and test emails that use no order. */
  readonly sample: string;
  /** The maximum length of a value, in characters. Longer values are cut. */
  readonly maxLength: number;
}

/** The placeholders that every kind of email has, because each is about an order. */
const ORDER_PLACEHOLDERS = [
  { name: 'sellerName', description: "The merchant's name.", sample: 'Demo Software', maxLength: 200 },
  { name: 'shopperName', description: "The shopper's name.", sample: 'Sara Shopper', maxLength: 200 },
  {
    name: 'shopperEmail',
    description: "The shopper's email address.",
    sample: 'sara@shopper.example',
    maxLength: 254,
  },
  { name: 'orderReference', description: "The order's reference.", sample: '2000001', maxLength: 16 },
  {
    name: 'orderDate',
    description: "The day on which the order was placed, in the account's time zone.",
    sample: '2026-01-15',
    maxLength: 10,
  },
  { name: 'total', description: 'The total price of the order.', sample: '59.90', maxLength: 20 },
  { name: 'currency', description: 'The ISO 4217 code of the currency of all amounts.', sample: 'USD', maxLength: 3 },
  {
    name: 'products',
    description: 'The ordered products and their quantities, on a single line.',
    sample: '1 × Antivirus, one year; 2 × Recovery disk',
    maxLength: 1000,
  },
] as const satisfies readonly EmailPlaceholder[];

/** The placeholders of each kind of email. A template cannot contain any others. */
export const EMAIL_PLACEHOLDERS = {
  invoice: [
    ...ORDER_PLACEHOLDERS,
    { name: 'invoiceNumber', description: "The invoice's number.", sample: '1', maxLength: 10 },
    {
      name: 'invoiceDate',
      description: 'The day on which the invoice was issued, in the time zone that the account had then.',
      sample: '2026-01-15',
      maxLength: 10,
    },
  ],
  order_confirmation: ORDER_PLACEHOLDERS,
  order_cancellation: ORDER_PLACEHOLDERS,
  refund_confirmation: [
    ...ORDER_PLACEHOLDERS,
    { name: 'refundAmount', description: 'The amount that the shopper gets back.', sample: '54.90', maxLength: 20 },
    { name: 'refundFee', description: 'The non-refundable fees in the refund.', sample: '5.00', maxLength: 20 },
    {
      name: 'refundDate',
      description: "The day on which the refund was requested, in the account's time zone.",
      sample: '2026-01-16',
      maxLength: 10,
    },
  ],
} as const satisfies Record<EmailKind, readonly EmailPlaceholder[]>;

/** The values for all placeholders of a kind of email. A missing value is a compile-time error. */
export type EmailValues<Kind extends EmailKind> = Readonly<
  Record<(typeof EMAIL_PLACEHOLDERS)[Kind][number]['name'], string>
>;

/** Returns the placeholders of a kind of email. */
export function placeholdersOf(kind: EmailKind): readonly EmailPlaceholder[] {
  return EMAIL_PLACEHOLDERS[kind];
}

/** Returns the sample values for all placeholders of a kind of email. */
export function sampleValues(kind: EmailKind): Readonly<Record<string, string>> {
  return Object.fromEntries(placeholdersOf(kind).map(({ name, sample }) => [name, sample]));
}
