import type { SeededRandom } from '../../../src/lib/seeded-random';

/** Number of different comments. */
const COMMENTS = 2000;

const REASONS = ['Customer request', 'Asked by phone', 'Duplicate order', 'Renewal too expensive', 'Wrong product'];
const REMARKS = ['', ', see the ticket', ' (second time)', ' – agreed with the team lead', ': refund approved by Ana'];

/** Texts that CSV writers and spreadsheets get wrong. */
const ODD_COMMENTS = [
  'She said "no", then "yes"',
  '"quoted"',
  '"',
  'a,b;c\td',
  'First line\nsecond line',
  'First line\r\nsecond line\r\n',
  '=1+1',
  '=HYPERLINK("https://shop.example","click")',
  '+40 is the country code',
  '-5 days',
  '@team please check',
  '\t=2*3',
  'price;=1+1',
  'one\n=cmd|x',
  '＝full width',
  ',',
  ';',
  ' leading and trailing ',
  "'already escaped",
  'emoji 👍🏽 👩‍👩‍👧 🇷🇴',
  'Zażółć gęślą jaźń, ąćę',
  '日本語のコメント、と「引用」',
  'שלום, עולם',
  'line\u2028separator',
];

/** Returns the comments of all rows: a fifth of them are odd, and one in a hundred is long. */
export function buildComments(random: SeededRandom): readonly string[] {
  return Array.from({ length: COMMENTS }, (_, place) => {
    if (place % 100 === 99) return `${random.pick(ODD_COMMENTS)} ${'A long story. '.repeat(70)}`;
    if (place % 5 === 4) return random.pick(ODD_COMMENTS);
    return `${random.pick(REASONS)}${random.pick(REMARKS)}`;
  });
}
