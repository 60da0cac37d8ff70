import type * as Fflate from 'fflate';
import type { ZipInputFile } from 'fflate';
import { loadPackage } from '../../../lib/load-package';
import type { CompressedPart } from './deflate-part';

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const SHEET_NAME = 'Users activity';
const SHEET_PATH = 'xl/worksheets/sheet1.xml';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONSHIPS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const CONTENT_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** The formats of times and of amounts with no, two, three and four decimals. */
const NUMBER_FORMATS = [
  [164, 'yyyy-mm-dd hh:mm:ss'],
  [165, 'yyyy-mm-dd hh:mm:ss.000'],
  [166, '0'],
  [167, '0.00'],
  [168, '0.000'],
  [169, '0.0000'],
] as const;

/** The styles of cells: the default one, that of the heading, and one for each format. See `STYLE`. */
const STYLES = [
  '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>',
  '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>',
  ...NUMBER_FORMATS.map(
    ([id]) => `<xf numFmtId="${id}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>`,
  ),
];

/** The parts of the workbook before its sheet, by path. */
const PARTS: Readonly<Record<string, string>> = {
  '[Content_Types].xml':
    `<Types xmlns="${PACKAGE}/content-types">` +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    '<Default Extension="xml" ContentType="application/xml"/>' +
    `<Override PartName="/xl/workbook.xml" ContentType="${CONTENT_TYPE}.sheet.main+xml"/>` +
    `<Override PartName="/${SHEET_PATH}" ContentType="${CONTENT_TYPE}.worksheet+xml"/>` +
    `<Override PartName="/xl/styles.xml" ContentType="${CONTENT_TYPE}.styles+xml"/></Types>`,
  '_rels/.rels':
    `<Relationships xmlns="${PACKAGE}/relationships">` +
    `<Relationship Id="rId1" Type="${RELATIONSHIPS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/workbook.xml':
    `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONSHIPS}">` +
    `<sheets><sheet name="${SHEET_NAME}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels':
    `<Relationships xmlns="${PACKAGE}/relationships">` +
    `<Relationship Id="rId1" Type="${RELATIONSHIPS}/worksheet" Target="worksheets/sheet1.xml"/>` +
    `<Relationship Id="rId2" Type="${RELATIONSHIPS}/styles" Target="styles.xml"/></Relationships>`,
  'xl/styles.xml':
    `<styleSheet xmlns="${MAIN}"><numFmts count="${NUMBER_FORMATS.length}">` +
    NUMBER_FORMATS.map(([id, code]) => `<numFmt numFmtId="${id}" formatCode="${code}"/>`).join('') +
    '</numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>' +
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>' +
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
    `<cellXfs count="${STYLES.length}">${STYLES.join('')}</cellXfs>` +
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
};

/** The first size that an entry of a ZIP file cannot have without ZIP64, which Excel does not read from a stream. */
const TOO_LARGE = 2 ** 32 - 1;

/**
 * Packs the parts of a compressed sheet as a workbook while they arrive. Worker threads have compressed them already, so
 * only the ZIP file around them is made here.
 */
export async function* packWorkbook(sheetParts: AsyncIterable<CompressedPart>): AsyncGenerator<Uint8Array> {
  const { Zip, ZipPassThrough, strToU8 } = loadPackage('fflate') as typeof Fflate;
  const packed: Uint8Array[] = [];
  const zip = new Zip((error, bytes) => {
    if (error) throw error;
    packed.push(bytes);
  });
  for (const [path, xml] of Object.entries(PARTS)) {
    const entry = new ZipPassThrough(path);
    zip.add(entry);
    entry.push(strToU8(XML + xml), true);
  }
  const sheet: ZipInputFile = { filename: SHEET_PATH, compression: 8, crc: 0, size: 0 };
  zip.add(sheet);
  let size = 0;
  for await (const { bytes, state } of sheetParts) {
    size += bytes.length;
    if (Math.max(size, state.length) >= TOO_LARGE) throw new Error('The sheet is larger than 4 GiB.');
    sheet.size = state.length;
    sheet.crc = state.checksum;
    sheet.ondata?.(null, bytes as Uint8Array<ArrayBuffer>, false);
    yield* packed.splice(0);
  }
  sheet.ondata?.(null, new Uint8Array(), true);
  zip.end();
  yield* packed.splice(0);
}
