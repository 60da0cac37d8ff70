import fc from 'fast-check';
import { mayHoldSecret } from '../../../src/lib/secrets/may-hold-secret';
import { maskSecrets } from '../../../src/lib/secrets/redact';
import { SPELLINGS, TEST_CARDS } from '../../support/cards';
import { ORDINARY_KINDS, ORDINARY_TEXTS } from '../../support/ordinary-texts';
import { scaled } from '../../support/scale';

const TOKEN = 'uas_5tQ0xq8Wq2Vx9c1mB4n7Zk3Jr6Yp0Ls5Dg8Hf2Ta1Ue';

const ascii = fc.string({ unit: 'binary-ascii', maxLength: 6 });
/** The digits of a card number with something between some of them, which may make it a text without a card number. */
const splitCard = fc
  .tuple(
    fc.constantFrom(...TEST_CARDS),
    fc.array(fc.oneof({ weight: 3, arbitrary: fc.constant('') }, fc.constantFrom(' ', '-', '.', ' / '), ascii), {
      minLength: 19,
      maxLength: 19,
    }),
  )
  .map(([{ number }, gaps]) => [...number].map((digit, place) => digit + gaps[place]!).join(''));
const spelledCard = fc
  .tuple(fc.constantFrom(...TEST_CARDS), fc.constantFrom(...SPELLINGS))
  .map(([card, [, spell]]) => spell(card));
const partOfToken = fc
  .tuple(fc.constantFrom(TOKEN, `Bearer ${TOKEN}`, 'Basic dXNlcjpwYXNz', 'bearer\tabc1defg.h'), fc.nat(12))
  .map(([token, start]) => token.slice(start % 3 === 0 ? 0 : start));
/** Has the form of a time, with any digits. */
const likeTime = fc.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?(Z|[+-]\d\d:\d\d)$/);
const part = fc.oneof(
  likeTime,
  splitCard,
  spelledCard,
  partOfToken,
  fc.constantFrom(...ORDINARY_TEXTS),
  ...ORDINARY_KINDS.map(([, texts]) => texts),
  fc.string({ unit: 'binary', maxLength: 10 }),
  ascii,
);
const anyText = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(''));

describe('the quick test for secrets', () => {
  it('misses no text that the search would change', () => {
    fc.assert(
      fc.property(anyText, (text) => mayHoldSecret(text) || maskSecrets(text) === text),
      { numRuns: scaled(20_000, 5000) },
    );
  });

  it.each([
    'crm-2f1c6a52-17',
    'Customer request, called twice about order 2000001',
    '2026-01-15T09:30:00.123Z',
    '2026-01-15T09:30:00.123+02:00',
    'nadia@night-shift.example',
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36',
    '203.0.113.7',
  ])('spares an ordinary text the search: %s', (text) => {
    expect(mayHoldSecret(text)).toBe(false);
  });
});
