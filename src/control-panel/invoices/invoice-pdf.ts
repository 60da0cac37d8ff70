import { buffer } from 'node:stream/consumers';
import type PDFDocument from 'pdfkit';
import { loadPackage } from '../../lib/load-package';
import { formatFullAmount } from '../../lib/money';
import { ZonedClock } from '../../lib/time/zoned-time';
import type { InvoiceDocument } from '../sales/invoice.entity';
import { loadInvoiceFonts, type PdfFont } from './invoice-fonts';

type Pdf = PDFKit.PDFDocument;
type Cell = PDFKit.Mixins.CellOptions;

const SIZE = 10;
const NUMBER_COLUMN = 90;
const RIGHT = { x: 'right' } as const;
/** Only letters that are written from right to left, and what may stand between them. */
const RIGHT_TO_LEFT = /^(?=.*\p{L})[\p{Script=Arabic}\p{Script=Hebrew}\p{M}\p{P}\p{Zs}]+$/u;

/** Renders an invoice; each time to the same bytes. */
export async function renderInvoicePdf({ invoice, order, lines }: InvoiceDocument): Promise<Buffer> {
  const title = `Invoice ${invoice.number}`;
  const Document = loadPackage('pdfkit') as typeof PDFDocument;
  const pdf = new Document({
    size: 'A4',
    info: { Title: title, Author: invoice.sellerName, CreationDate: invoice.issuedAt },
  });
  const bytes = buffer(pdf);
  const money = (minor: number) => formatFullAmount(minor, invoice.currency);

  heading(pdf, title, 20);
  pdf.moveDown(0.5);
  for (const text of [
    `From: ${invoice.sellerName}`,
    `Issued: ${new ZonedClock(invoice.timeZone).day(invoice.issuedAt.getTime())}`,
    `Order: ${order.reference}`,
  ]) {
    write(pdf, text);
  }
  pdf.moveDown();
  heading(pdf, 'Billed to');
  for (const text of [order.shopperName, order.shopperEmail, order.shopperCountry]) write(pdf, text);
  pdf.moveDown();
  pdf.table({
    columnStyles: ['*', 60, NUMBER_COLUMN, NUMBER_COLUMN],
    defaultStyle: { border: { top: 0, left: 0, right: 0, bottom: 0.5 }, padding: 4 },
    data: [
      [head(pdf, 'Product'), head(pdf, 'Quantity', RIGHT), head(pdf, 'Unit price', RIGHT), head(pdf, 'Amount', RIGHT)],
      ...lines.map(({ productName, quantity, unitPrice, amount }) => [
        cell(pdf, productName),
        ...[String(quantity), money(unitPrice), money(amount)].map((text) => cell(pdf, text, RIGHT)),
      ]),
      [
        head(pdf, 'Total'),
        cell(pdf, ''),
        cell(pdf, ''),
        head(pdf, `${money(invoice.total)} ${invoice.currency}`, RIGHT),
      ],
    ],
  });
  pdf.end();
  return bytes;
}

function heading(pdf: Pdf, text: string, size = SIZE): void {
  pdf.font(registered(pdf, loadInvoiceFonts().bold), size).text(text);
}

function write(pdf: Pdf, text: string): void {
  const { composed, font, options } = typeset(text);
  pdf.font(registered(pdf, font), SIZE).text(composed, options);
}

function head(pdf: Pdf, text: string, align?: typeof RIGHT): Cell {
  return {
    text,
    type: 'TH',
    font: { src: registered(pdf, loadInvoiceFonts().bold), size: SIZE },
    ...(align && { align }),
  };
}

function cell(pdf: Pdf, text: string, align?: typeof RIGHT): Cell {
  const { composed, font, options } = typeset(text);
  return {
    text: composed,
    font: { src: registered(pdf, font), size: SIZE },
    textOptions: options,
    ...(align && { align }),
  };
}

/** The name of a font in this file. Tables need it: they copy what they are given, and would copy an open font letter by letter. */
function registered(pdf: Pdf, { family, source }: PdfFont): string {
  pdf.registerFont(family, source);
  return family;
}

/** How to write a text that somebody typed. */
function typeset(text: string) {
  const composed = text.normalize('NFC').replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
  const font = loadInvoiceFonts().of(composed);
  // With features, even none, the words are laid out as one line and not each by itself, from left to right.
  const options: PDFKit.Mixins.TextOptions = RIGHT_TO_LEFT.test(composed) ? { features: [] } : {};
  return { composed, font, options };
}
