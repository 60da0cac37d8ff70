/** The number of a test card, grouped as on the card. */
export const CARD_NUMBER = '4111 1111 1111 1111';

/** Removes the id of the request from a response, because its random characters may contain digits of a card. */
export function withoutRequestId(text: string): string {
  return text.replace(/"requestId":"[0-9A-Z]{26}"/g, '"requestId":""');
}

/** A test card, and the lengths of the groups of its digits. */
interface TestCard {
  readonly brand: string;
  readonly number: string;
  readonly groups: readonly number[];
}

/** Test cards from the documentation of the brands, and invented ones for lengths without any. */
export const TEST_CARDS: readonly TestCard[] = [
  { brand: 'Visa', number: '4111111111111111', groups: [4, 4, 4, 4] },
  { brand: 'Visa of 13 digits', number: '4222222222222', groups: [4, 3, 3, 3] },
  { brand: 'Visa of 13 digits, in fours', number: '4222222222222', groups: [4, 4, 4, 1] },
  { brand: 'Visa of 19 digits', number: '4000000000000000006', groups: [4, 4, 4, 4, 3] },
  { brand: 'Mastercard', number: '5555555555554444', groups: [4, 4, 4, 4] },
  { brand: 'Mastercard, second series', number: '2223003122003222', groups: [4, 4, 4, 4] },
  { brand: 'American Express', number: '378282246310005', groups: [4, 6, 5] },
  { brand: 'Diners Club', number: '30569309025904', groups: [4, 6, 4] },
  { brand: 'Discover', number: '6011111111111117', groups: [4, 4, 4, 4] },
  { brand: 'JCB', number: '3530111333300000', groups: [4, 4, 4, 4] },
  { brand: 'UnionPay', number: '6200000000000005', groups: [4, 4, 4, 4] },
  { brand: 'UnionPay of 19 digits', number: '6205500000000000004', groups: [4, 4, 4, 4, 3] },
  { brand: 'Maestro of 19 digits', number: '6304000000000000000', groups: [4, 4, 4, 4, 3] },
];

const SEPARATORS: Readonly<Record<string, string>> = {
  'a no-break space': '\u00a0',
  'a thin space': '\u2009',
  'two spaces': '  ',
  'a tab': '\t',
  'a line feed': '\n',
  'a dot': '.',
  'a comma': ',',
  'a slash': '/',
  'an underscore': '_',
  'an en dash': '–',
  'a no-break hyphen': '\u2011',
  'a soft hyphen': '\u00ad',
  'a zero-width space': '\u200b',
  'a space': ' ',
  'a hyphen': '-',
  'an em dash': '—',
  'a figure dash': '\u2012',
  'a minus sign': '−',
  'a middle dot': '·',
  'a bullet': '•',
  'an ideographic space': '\u3000',
  'a vertical bar': '|',
  'a colon': ':',
  'a semicolon': ';',
  'an asterisk': '*',
  'a plus sign': '+',
  'a backslash': '\\',
  'an apostrophe': "'",
  'a carriage return and a line feed': '\r\n',
  'a next line': '\u0085',
  'a line separator': '\u2028',
  'a zero-width joiner': '\u200d',
  'a word joiner': '\u2060',
  'a left-to-right mark': '\u200e',
  'a variation selector': '\ufe0f',
  'a strike-through': '\u0336',
  'a full-width hyphen': '－',
  'a full-width comma': '，',
  'an ideographic full stop': '。',
  'a hyphen between spaces': ' - ',
  'a comma and a space': ', ',
  'a slash between spaces': ' / ',
  'quotes and a comma': '","',
  'a picture': '💳',
  'an encoded space': '%20',
  'a space encoded twice': '%2520',
  'an encoded no-break space': '%C2%A0',
  'a no-break space of HTML': '&nbsp;',
};

/** Zeros of other scripts and styles. The other nine digits follow each of them in Unicode. */
const ZEROS: Readonly<Record<string, number>> = {
  'full-width digits': 0xff10,
  'Arabic-Indic digits': 0x660,
  'Persian digits': 0x6f0,
  'Devanagari digits': 0x966,
  'Bengali digits': 0x9e6,
  'Thai digits': 0xe50,
  'mathematical bold digits': 0x1d7ce,
  'mathematical monospace digits': 0x1d7f6,
  'Adlam digits': 0x1e950,
};

/** Spellings of a card number, each with the function that returns it. */
export const SPELLINGS: readonly (readonly [string, (card: TestCard) => string])[] = [
  ['groups without anything between them', ({ number }) => number],
  ...Object.entries(SEPARATORS).flatMap(([name, separator]) => [
    [`groups with ${name} between them`, (card: TestCard) => groupsOf(card).join(separator)] as const,
    [`single digits with ${name} between them`, ({ number }: TestCard) => [...number].join(separator)] as const,
  ]),
  ...Object.entries(ZEROS).flatMap(([name, zero]) =>
    ['', ' ', '.', '\u00a0'].map(
      (separator) =>
        [
          `${name} with ${JSON.stringify(separator)} between the groups`,
          (card: TestCard) => inDigits(groupsOf(card).join(separator), zero),
        ] as const,
    ),
  ),
  ['keycaps', ({ number }) => [...number].map((digit) => `${digit}\ufe0f\u20e3`).join('')],
  ['superscripts', ({ number }) => [...number].map((digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'.charAt(Number(digit))).join('')],
  ['circled digits', ({ number }) => [...number].map((digit) => '⓪①②③④⑤⑥⑦⑧⑨'.charAt(Number(digit))).join('')],
  ['percent-encoded digits', ({ number }) => [...number].map((digit) => `%3${digit}`).join('')],
  ['digits of HTML', ({ number }) => [...number].map((digit) => `&#${48 + Number(digit)};`).join('')],
];

function groupsOf({ number, groups }: TestCard): string[] {
  let start = 0;
  return groups.map((length) => number.slice(start, (start += length)));
}

function inDigits(text: string, zero: number): string {
  return text.replace(/\d/g, (digit) => String.fromCodePoint(zero + Number(digit)));
}

/**
 * Returns all digits of a text in ASCII, without the characters between them, to find a card number in any spelling.
 */
export function digitsIn(text: string): string {
  const ascii = Array.from(text.normalize('NFKC'), (character) => {
    const zero = Object.values(ZEROS).find((start) => inRange(character.codePointAt(0)! - start));
    return zero === undefined ? character : String(character.codePointAt(0)! - zero);
  });
  return ascii.join('').replace(/[^0-9]/g, '');
}

function inRange(value: number): boolean {
  return value >= 0 && value <= 9;
}
