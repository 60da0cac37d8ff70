import { formatAmount } from '../../lib/money';
import type { ZonedClock } from '../../lib/time/zoned-time';
import type { InvoiceDocument } from '../sales/invoice.entity';

/** One product on an invoice. */
export class InvoiceLineView {
  /**
   * Code of the product.
   * @example "VPN-1Y"
   */
  productCode: string;

  /**
   * Its name when the order was placed.
   * @example "Nimbus VPN, one year"
   */
  productName: string;

  /**
   * How many pieces.
   * @example 2
   */
  quantity: number;

  /**
   * Price of one piece, in the invoice's currency.
   * @example "59.50"
   */
  unitPrice: string;

  /**
   * Price of all pieces.
   * @example "119"
   */
  amount: string;
}

/** Whom an invoice is made out to. */
export class InvoiceShopperView {
  /**
   * The shopper's name.
   * @example "Elena Ionescu"
   */
  name: string;

  /**
   * The shopper's e-mail address.
   * @example "elena@shopper.example"
   */
  email: string;

  /**
   * The shopper's country, ISO 3166-1.
   * @example "RO"
   */
  country: string;
}

/** An invoice: the bill of an order, never changed once issued. */
export class InvoiceView {
  /**
   * Its number, which counts from 1 in each account without a gap.
   * @example 1
   */
  number: number;

  /**
   * Reference of the order that it bills.
   * @example "2000001"
   */
  orderReference: string;

  /**
   * When it was issued, RFC 3339 in the account's zone.
   * @example "2026-01-15T09:30:00.000+02:00"
   */
  issuedAt: string;

  /**
   * The merchant's name when it was issued.
   * @example "Demo Software"
   */
  seller: string;

  /** Whom it is made out to. */
  shopper: InvoiceShopperView;

  /** What was bought. */
  lines: InvoiceLineView[];

  /**
   * The sum of the lines.
   * @example "119"
   */
  total: string;

  /**
   * ISO 4217.
   * @example "USD"
   */
  currency: string;
}

/** An invoice that is on its way. */
export class QueuedInvoice {
  /**
   * Id of the mail, which its Message-ID begins with.
   * @example "01J0000000000000000000MA11"
   */
  mailId: string;

  /**
   * E-mail address that it goes to.
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
