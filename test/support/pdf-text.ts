import { inflateSync } from 'node:zlib';

/**
 * Extracts the lines of text from a PDF of pdfkit, in which each font has a stream that maps its glyphs to characters.
 */
export function pdfTexts(pdf: Buffer): string[] {
  const source = pdf.toString('latin1');
  const objects = new Map(
    Array.from(source.matchAll(/^(\d+) 0 obj\n(.*?)\nendobj/gms), ([, id, body]) => [id!, body!] as const),
  );
  const reference = (body: string, name: string) => new RegExp(`/${name} (\\d+) 0 R`).exec(body)?.[1];
  const letters = (font: string) => lettersOf(streamOf(objects.get(reference(objects.get(font)!, 'ToUnicode')!)!));
  const fonts = new Map(
    Array.from([...objects.values()].join('\n').matchAll(/\/(F\d+) (\d+) 0 R/g), ([, name, id]) => [
      name!,
      letters(id!),
    ]),
  );
  const pages = [...objects.values()].filter((body) => /\/Type \/Page$/m.test(body));
  return pages.flatMap((page) => textsOf(streamOf(objects.get(reference(page, 'Contents')!)!), fonts));
}

function textsOf(content: string, fonts: Map<string, string[]>): string[] {
  return Array.from(content.matchAll(/\/(F\d+) [\d.]+ Tf\n\[(.*?)\] TJ/gs), ([, font, glyphs]) => {
    const hex = Array.from(glyphs!.matchAll(/<([0-9a-f]+)>/g), ([, digits]) => digits).join('');
    return Array.from(hex.matchAll(/.{4}/g), ([glyph]) => fonts.get(font!)![parseInt(glyph, 16)]).join('');
  });
}

/** Parses the characters of a font, by the numbers of their glyphs. */
function lettersOf(toUnicode: string): string[] {
  const ranges = Array.from(toUnicode.matchAll(/<[0-9a-f]{4}> <[0-9a-f]{4}> \[(.*?)\]/gs), ([, list]) => list!);
  return ranges.flatMap((list) =>
    Array.from(list.matchAll(/<([0-9a-f ]+)>/g), ([, hex]) =>
      Buffer.from(hex!.replaceAll(' ', ''), 'hex').swap16().toString('utf16le'),
    ),
  );
}

function streamOf(body: string): string {
  const [, dictionary = '', bytes = ''] = /^(.*?)\nstream\n(.*)\nendstream/s.exec(body) ?? [];
  const stream = Buffer.from(bytes, 'latin1');
  return (dictionary.includes('/FlateDecode') ? inflateSync(stream) : stream).toString('latin1');
}
