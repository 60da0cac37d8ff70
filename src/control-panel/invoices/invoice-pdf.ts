import { buffer } from 'node:stream/consumers';
import type PDFDocument from 'pdfkit';
import { loadPackage } from '../../lib/load-package';
import { formatFullAmount } from '../../lib/money';
import { ZonedClock } from '../../lib/time/zoned-time';
import type { InvoiceDocument } from '../sales/invoice.entity';
import { loadInvoiceFonts, type PdfFont } from './invoice-fonts';

type Pdf = PDFKit.PDFDocument;
type Cell = PDFKit.Mixins.CellOptions;

/** The font size of everything but the title, in points. */
const FONT_SIZE = 10;
/** The width of a column with amounts, in points. */
const AMOUNT_COLUMN_WIDTH = 90;
const ALIGN_RIGHT = { x: 'right' } as const;
/** Matches a text whose letters are all written from right to left. */
const RIGHT_TO_LEFT = /^(?=.*\p{L})[\p{Script=Arabic}\p{Script=Hebrew}\p{M}\p{P}\p{Zs}]+$/u;

/** Renders an invoice as a PDF file. The same invoice always results in the same bytes. */
export async function renderInvoicePdf({ invoice, order, lines }: InvoiceDocument): Promise<Buffer> {
  const title = `Invoice ${invoice.number}`;
  const Document = loadPackage('pdfkit') as typeof PDFDocument;
  const pdf = new Document({
    size: 'A4',
    info: { Title: title, Author: invoice.sellerName, CreationDate: invoice.issuedAt },
  });
  const bytes = buffer(pdf);
  const format = (minor: number) => formatFullAmount(minor, invoice.currency);

  writeHeading(pdf, title, 20);
  pdf.moveDown(0.5);
  for (const text of [
    `From: ${invoice.sellerName}`,
    `Issued: ${ZonedClock.of(invoice.timeZone).day(invoice.issuedAt.getTime())}`,
    `Order: ${order.reference}`,
  ]) {
    writeText(pdf, text);
  }
  pdf.moveDown();
  writeHeading(pdf, 'Billed to');
  for (const text of [order.shopperName, order.shopperEmail, order.shopperCountry]) writeText(pdf, text);
  pdf.moveDown();
  pdf.table({
    columnStyles: ['*', 60, AMOUNT_COLUMN_WIDTH, AMOUNT_COLUMN_WIDTH],
    defaultStyle: { border: { top: 0, left: 0, right: 0, bottom: 0.5 }, padding: 4 },
    data: [
      [
        createHeaderCell(pdf, 'Product'),
        createHeaderCell(pdf, 'Quantity', ALIGN_RIGHT),
        createHeaderCell(pdf, 'Unit price', ALIGN_RIGHT),
        createHeaderCell(pdf, 'Amount', ALIGN_RIGHT),
      ],
      ...lines.map(({ productName, quantity, unitPrice, amount }) => [
        createTextCell(pdf, productName),
        ...[String(quantity), format(unitPrice), format(amount)].map((text) => createTextCell(pdf, text, ALIGN_RIGHT)),
      ]),
      [
        createHeaderCell(pdf, 'Total'),
        createTextCell(pdf, ''),
        createTextCell(pdf, ''),
        createHeaderCell(pdf, `${format(invoice.total)} ${invoice.currency}`, ALIGN_RIGHT),
      ],
    ],
  });
  pdf.end();
  return bytes;
}

function writeHeading(pdf: Pdf, text: string, size = FONT_SIZE): void {
  pdf.font(registerFont(pdf, loadInvoiceFonts().bold), size).text(text);
}

function writeText(pdf: Pdf, text: string): void {
  const { normalized, font, options } = typeset(text);
  pdf.font(registerFont(pdf, font), FONT_SIZE).text(normalized, options);
}

function createHeaderCell(pdf: Pdf, text: string, align?: typeof ALIGN_RIGHT): Cell {
  return {
    text,
    type: 'TH',
    font: { src: registerFont(pdf, loadInvoiceFonts().bold), size: FONT_SIZE },
    ...(align && { align }),
  };
}

function createTextCell(pdf: Pdf, text: string, align?: typeof ALIGN_RIGHT): Cell {
  const { normalized, font, options } = typeset(text);
  return {
    text: normalized,
    font: { src: registerFont(pdf, font), size: FONT_SIZE },
    textOptions: options,
    ...(align && { align }),
  };
}

/**
 * Registers a font and returns its name. Tables need the name, because they copy their options, and copying a whole
 * font is slow.
 */
function registerFont(pdf: Pdf, { family, source }: PdfFont): string {
  pdf.registerFont(family, source);
  return family;
}

/** Prepares a text for the PDF: normalizes it, and chooses its font and its direction. */
function typeset(text: string) {
  const normalized = text.normalize('NFC').replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
  const font = loadInvoiceFonts().choose(normalized);
  // With this option, even if empty, pdfkit lays out the line as a whole, not word by word from left to right.
  const options: PDFKit.Mixins.TextOptions = RIGHT_TO_LEFT.test(normalized) ? { features: [] } : {};
  return { normalized, font, options };
}
