import { IsEmail, IsString } from 'class-validator';
import { Characters, IsLanguage, LowerCased, Omittable, Trimmed } from '../../http/validation/dto-fields';

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

/** How an invoice is to be sent. */
export class SendInvoice {
  /**
   * E-mail address to send it to; without it, the shopper's.
   * @example "accounting@shopper.example"
   */
  @Omittable()
  @LowerCased()
  @IsEmail()
  @Characters(0, 254)
  recipient?: string;

  /**
   * Language of the mail, BCP 47; without it, the shopper's. Where no template of it is active, the mail is in the language
   * that it is a kind of (`pt` for `pt-BR`), or in English.
   * @example "en"
   */
  @Omittable()
  @IsLanguage()
  language?: string;

  /**
   * Why it is sent, at most 2000 characters; for the report, the recipient doesn't see it.
   * @example "The shopper lost the first one"
   */
  @Omittable()
  @Trimmed()
  @IsString()
  @Characters(0, 2000)
  comment?: string;
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
