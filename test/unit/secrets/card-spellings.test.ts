import fc from 'fast-check';
import { redact, redactText } from '../../../src/lib/secrets/redact';
import { SPELLINGS, TEST_CARDS } from '../../support/cards';
import { scaled } from '../../support/scale';

/** What stands around a card number. */
const PLACES = [
  (card: string) => card,
  (card: string) => `my card is ${card}, thanks`,
  (card: string) => `order 1234567: ${card} exp 12/27`,
  (card: string) => `Visa:${card}.`,
  (card: string) => `日本語 ${card} 終わり`,
  (card: string) => `{"card":"${card}"}`,
  (card: string) => `2026-01-22 ${card} 👨‍👩‍👧‍👦`,
  (card: string) => `رقم ${card} شكرا`,
];

describe('a card number', () => {
  describe.each(TEST_CARDS)('of $brand', (card) => {
    const lastFour = card.number.slice(-4);

    it.each(SPELLINGS)('is masked in the spelling %s, and the other text stays', (_, spelling) => {
      for (const place of PLACES) {
        const redacted = redactText(place(spelling(card)));
        // The frame of the last keycap stands after its digit.
        expect(redacted.replace('\ufe0f\u20e3', '')).toBe(place(`[masked] ${lastFour}`));
      }
    });
  });

  it.each([
    ['two of them in two lines', '4111.1111.1111.1111\n5555.5555.5555.4444', '[masked] 1111\n[masked] 4444'],
    [
      'many of them with the same separator',
      Array(4).fill('4111.1111.1111.1111').join('.'),
      Array(4).fill('[masked] 1111').join('.'),
    ],
    [
      'many of them in single digits with the same separator',
      Array(2)
        .fill([...'4111111111111111'].join('/'))
        .join('/'),
      '[masked] 1111/[masked] 1111',
    ],
    ['its expiry with the same separator', '4111\n1111\n1111\n1111\n1227\n123', '[masked] 1111\n1227\n123'],
    ['its year with the same separator', '4111,1111,1111,1111,12,2027,123', '[masked] 1111,12,2027,123'],
    ['its code with the same separator', '4.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.2.3', '[masked] 1111.1.2.3'],
    ['a digit before it', '/v1/4/1/1/1/1/1/1/1/1/1/1/1/1/1/1/1', '/v1/[masked] 1111'],
    ['a number before it', '2026/4111/1111/1111/1111', '2026/[masked] 1111'],
    ['white space of different kinds', '4111 1111\u00a01111\n1111', '[masked] 1111'],
    ['hyphens with and without spaces', '4111 - 1111-1111 -1111', '[masked] 1111'],
    ['gaps between groups of single digits', '4 1 1 1  1 1 1 1  1 1 1 1  1 1 1 1', '[masked] 1111'],
    ['cells of a table', '| 4111 | 1111 | 1111 | 1111 |', '| [masked] 1111 |'],
    ['letters around it', 'visa4111.1111.1111.1111x', 'visa[masked] 1111x'],
    ['digits that come two by two', '⑳ ④①①①①①①①①①①①①①①①', '⑳ [masked] 1111'],
    ['encodings within encodings', '4111%2%35%32%301111%C2%A01111%25201111', '[masked] 1111'],
    ['bytes that are no UTF-8', '4111%A01111%A01111%A01111', '[masked] 1111'],
  ])('is found with %s', (_, text, masked) => {
    expect(redactText(text)).toBe(masked);
  });

  it('is found among any other characters, which do not change', () => {
    const others = fc.string({ unit: 'binary' }).filter((text) => !/[\p{N}%&]|ua/u.test(text.normalize('NFKC')));
    const spelled = fc.constantFrom(
      '4111111111111111',
      '4111\u00a01111\u00a01111\u00a01111',
      '４１１１ １１１１ １１１１ １１１１',
    );
    fc.assert(
      fc.property(others, spelled, others, (before, card, after) => {
        const isPart = /^[\p{M}\p{Cf}\p{Default_Ignorable_Code_Point}]/u.test(after);
        fc.pre(!isPart);
        expect(redactText(before + card + after)).toBe(`${before}[masked] 1111${after}`);
      }),
      { numRuns: scaled(5000, 1000) },
    );
  });

  it('is found in the names of fields and in numbers', () => {
    expect(redact({ '4111\u00a01111\u00a01111\u00a01111': 1, n: 5_555_555_555_554_444 })).toEqual({
      '[masked] 1111': 1,
      n: '[masked] 4444',
    });
  });

  it('is not recognized with a wrong check digit, in any spelling', () => {
    for (const [, spelling] of SPELLINGS) {
      const text = spelling({ brand: 'none', number: '4111111111111112', groups: [4, 4, 4, 4] });
      expect(redactText(text)).toBe(text);
    }
  });
});
