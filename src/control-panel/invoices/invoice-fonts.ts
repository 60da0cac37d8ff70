import type * as Fontkit from 'fontkit';
import { readFileSync } from 'node:fs';
import { loadPackage } from '../../lib/load-package';
import { unpackedWoff } from './woff';

/** A font as pdfkit takes it. */
export interface PdfFont {
  readonly family: string;
  readonly source: PDFKit.Mixins.PDFFontSource;
}

/** The fonts of an invoice. The ones that every PDF reader has know only Latin-1, and people's names are in any script. */
export class InvoiceFonts {
  readonly bold = pdfFont(open(readFileSync(require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf'))));
  private readonly regular = open(readFileSync(require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf')));
  private fallback: Fontkit.Font | undefined;

  /** The font to write a text in: the good-looking one, or if that lacks a letter, the one that has nearly all. */
  of(text: string): PdfFont {
    const isCovered = Array.from(text).every((letter) => {
      const codePoint = letter.codePointAt(0);
      return codePoint !== undefined && this.regular.hasGlyphForCodePoint(codePoint);
    });
    return pdfFont(isCovered ? this.regular : (this.fallback ??= openFallback()));
  }
}

let fonts: InvoiceFonts | undefined;

/** Reads the fonts once, when the first invoice is rendered. */
export function invoiceFonts(): InvoiceFonts {
  return (fonts ??= new InvoiceFonts());
}

function openFallback(): Fontkit.Font {
  return open(unpackedWoff(readFileSync(require.resolve('@fontsource/unifont/files/unifont-latin-400-normal.woff'))));
}

function open(file: Buffer): Fontkit.Font {
  const { create } = loadPackage('fontkit') as typeof Fontkit;
  const font = create(file);
  if ('fonts' in font) throw new Error('This file is a collection of fonts, not one.');
  return font;
}

/** Its types don't say so, but pdfkit takes fonts that are open already. */
function pdfFont(font: Fontkit.Font): PdfFont {
  return { family: font.postscriptName, source: font as unknown as PDFKit.Mixins.PDFFontSource };
}
