import type * as Fontkit from 'fontkit';
import { readFileSync } from 'node:fs';
import { loadPackage } from '../../lib/load-package';
import { unpackWoff } from './woff';

/** A font in the form that pdfkit takes. */
export interface PdfFont {
  readonly family: string;
  readonly source: PDFKit.Mixins.PDFFontSource;
}

/**
 * The fonts of an invoice. They are embedded, because the standard PDF fonts cover only Latin-1, but names use any
 * script.
 */
export class InvoiceFonts {
  readonly bold = toPdfFont(openFont(readFileSync(require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf'))));
  private readonly regular = openFont(readFileSync(require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf')));
  private fallback: Fontkit.Font | undefined;

  /** Chooses the font for a text: DejaVu Sans or, if that lacks a character, Unifont, which has nearly all. */
  choose(text: string): PdfFont {
    const isCovered = Array.from(text).every((character) => {
      const codePoint = character.codePointAt(0);
      return codePoint !== undefined && this.regular.hasGlyphForCodePoint(codePoint);
    });
    return toPdfFont(isCovered ? this.regular : (this.fallback ??= openFallback()));
  }
}

let fonts: InvoiceFonts | undefined;

/** Loads the fonts when the first invoice is rendered, and keeps them. */
export function loadInvoiceFonts(): InvoiceFonts {
  return (fonts ??= new InvoiceFonts());
}

function openFallback(): Fontkit.Font {
  return openFont(unpackWoff(readFileSync(require.resolve('@fontsource/unifont/files/unifont-latin-400-normal.woff'))));
}

function openFont(file: Buffer): Fontkit.Font {
  const { create } = loadPackage('fontkit') as typeof Fontkit;
  const font = create(file);
  if ('fonts' in font) throw new Error('This file is a collection of fonts, not one.');
  return font;
}

/** Converts a font of fontkit for pdfkit, whose types do not mention that it accepts such a font. */
function toPdfFont(font: Fontkit.Font): PdfFont {
  return { family: font.postscriptName, source: font as unknown as PDFKit.Mixins.PDFFontSource };
}
