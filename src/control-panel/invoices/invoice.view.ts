import { ApiProperty } from '@nestjs/swagger';
import { formatAmount } from '../../lib/money';
import type { ZonedClock } from '../../lib/time/zoned-time';
import type { InvoiceDocument } from '../sales/invoice.entity';

/** A line of an invoice: one product and its quantity. */
export class InvoiceLineView {
  /**
   * The product's code.
   * @example "VPN-1Y"
   */
  productCode: string;

  /**
   * The product's name when the order was placed.
   * @example "Nimbus VPN, one year"
   */
  productName: string;

  /**
   * The number of units: 1 to 1000.
   * @example 2
   */
  quantity: number;

  /**
   * The price of one unit: a decimal string in the invoice's currency.
   * @example "59.50"
   */
  unitPrice: string;

  /**
   * The price of all units of the line: a decimal string in the invoice's currency.
   * @example "119"
   */
  amount: string;
}

/** The shopper whom an invoice is addressed to. */
export class InvoiceShopperView {
  /**
   * The shopper's name.
   * @example "Elena Ionescu"
   */
  name: string;

  /**
   * The shopper's email address.
   * @example "elena@shopper.example"
   */
  email: string;

  /**
   * The ISO 3166-1 alpha-2 code of the shopper's country.
   * @example "RO"
   */
  country: string;
}

/** The invoice of an order. An invoice never changes once it is issued. */
export class InvoiceView {
  /**
   * The invoice's number. Each account numbers its invoices from 1 without gaps.
   * @example 1
   */
  number: number;

  /**
   * The reference of the invoiced order: 7 to 10 digits.
   * @example "2000001"
   */
  orderReference: string;

  /**
   * When the invoice was issued: an RFC 3339 date-time in the account's time zone.
   * @example "2026-01-15T09:30:00.000+02:00"
   */
  @ApiProperty({ format: 'date-time' })
  issuedAt: string;

  /**
   * The merchant's name when the invoice was issued.
   * @example "Demo Software"
   */
  seller: string;

  /** The shopper whom the invoice is addressed to. */
  shopper: InvoiceShopperView;

  /** The lines of the invoice, in the order's sequence. */
  lines: InvoiceLineView[];

  /**
   * The sum of all lines: a decimal string.
   * @example "119"
   */
  total: string;

  /**
   * The ISO 4217 code of the currency of all amounts of the invoice.
   * @example "USD"
   */
  currency: string;
}

/** An invoice email that is queued for sending. */
export class QueuedInvoice {
  /**
   * The id of the queued email: 26 characters. It is also the part of the email's Message-ID before the `@`.
   * @example "01J0000000000000000000MA11"
   */
  mailId: string;

  /**
   * The email address that the invoice is sent to.
   * @example "accounting@shopper.example"
   */
  recipient: string;
}

export function invoiceView({ invoice, order, lines }: InvoiceDocument, clock: ZonedClock): InvoiceView {
  const { number, currency, total, issuedAt, sellerName } = invoice;
  return {
    number,
    orderReference: order.reference,
    issuedAt: clock.rfc3339(issuedAt.getTime()),
    seller: sellerName,
    shopper: { name: order.shopperName, email: order.shopperEmail, country: order.shopperCountry },
    lines: lines.map(({ productCode, productName, quantity, unitPrice, amount }) => ({
      productCode,
      productName,
      quantity,
      unitPrice: formatAmount(unitPrice, currency),
      amount: formatAmount(amount, currency),
    })),
    total: formatAmount(total, currency),
    currency,
  };
}
