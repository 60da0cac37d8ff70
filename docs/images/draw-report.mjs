// Draws the pictures of the report in the README, from a CSV of the demo: node docs/images/draw-report.mjs < report.csv
import { readFileSync, writeFileSync } from 'node:fs';

const TITLE = 'Users activity';
const FILTER = 'John Doe · orders, refunds, subscriptions, test emails · last 7 days · Europe/Bucharest';
const ROWS = 12;
const LINE = 30;
const TOP = 110;
const MARGIN = 20;
/** Width of each column of the CSV, in pixels. */
const WIDTHS = [158, 90, 268, 122, 100, 112, 76, 72, 140];
/** The columns with numbers, which are aligned to the right. */
const NUMBERS = new Set(['Price/Amount', 'Billing cycles']);

const THEMES = {
  light: { back: '#ffffff', head: '#f6f8fa', line: '#d1d9e0', text: '#1f2328', faint: '#59636e', denied: '#d1242f' },
  dark: { back: '#0d1117', head: '#151b23', line: '#3d444d', text: '#f0f6fc', faint: '#9198a1', denied: '#f85149' },
};

const [headings, ...rows] = readFileSync(0, 'utf8')
  .trim()
  .split(/\r?\n/)
  .map((line) => line.split(','));
const lines = [headings, ...rows.slice(0, ROWS)];
const width = 2 * MARGIN + WIDTHS.reduce((sum, one) => sum + one);
const height = TOP + lines.length * LINE + 12;

const escape = (text) => text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** Draws one line of the table. Headings of two words take two lines. */
function drawLine(cells, index, colors) {
  const y = TOP + index * LINE + 20;
  const isHeading = index === 0;
  const isProblem = / \((denied|failed)\)$/.test(cells[2]);
  let left = MARGIN;
  const texts = cells.flatMap((cell, column) => {
    const isNumber = NUMBERS.has(headings[column]);
    const x = isNumber ? left + WIDTHS[column] - 16 : left;
    left += WIDTHS[column];
    const color = isHeading ? colors.faint : isProblem && column === 2 ? colors.denied : colors.text;
    const style = `fill="${color}"${isNumber ? ' text-anchor="end"' : ''}${isHeading ? ' font-weight="600"' : ''}`;
    const words = isHeading ? cell.split(' ') : [cell];
    return words.map((word, at) => {
      const baseline = y - (words.length - 1 - at) * 16;
      return word && `<text x="${x}" y="${baseline}" ${style}>${escape(word)}</text>`;
    });
  });
  return [...texts, `<path d="M0.5 ${y + 10.5}h${width - 1}" stroke="${colors.line}"/>`].filter(Boolean);
}

for (const [theme, colors] of Object.entries(THEMES)) {
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"`,
    ` font-family="-apple-system,'Segoe UI',Helvetica,Arial,'DejaVu Sans',sans-serif" font-size="13">`,
    `<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8" fill="${colors.back}" stroke="${colors.line}"/>`,
    `<text x="${MARGIN}" y="38" font-size="20" font-weight="600" fill="${colors.text}">${TITLE}</text>`,
    `<text x="${MARGIN}" y="66" fill="${colors.faint}">${escape(FILTER)}</text>`,
    `<rect x="1" y="${TOP - 20}" width="${width - 2}" height="${LINE + 20}" fill="${colors.head}"/>`,
    ...lines.flatMap((cells, index) => drawLine(cells, index, colors)),
    '</svg>',
  ];
  writeFileSync(new URL(`report-${theme}.svg`, import.meta.url), `${svg.join('\n')}\n`);
}
