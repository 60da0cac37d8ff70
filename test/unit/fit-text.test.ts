import { fitText } from '../../src/lib/secrets/fit-text';

describe('a text that is fitted into a column', () => {
  it.each([
    ['as it is', 'Customer request', 'Customer request'],
    ['up to its length', 'x'.repeat(20), 'x'.repeat(20)],
    ['cut', 'x'.repeat(21), `${'x'.repeat(19)}…`],
    ['cut between characters, not inside surrogate pairs', '😀'.repeat(21), `${'😀'.repeat(19)}…`],
    ['without a card number', 'card 4111111111111111', 'card [masked] 1111'],
    ['cut after a card number is masked', '4111111111111111 and so on and on', '[masked] 1111 and s…'],
  ])('is kept %s', (_, text, kept) => {
    expect(fitText(text, 20)).toBe(kept);
  });

  it('never shows a part of a secret that is cut', () => {
    // Masked tokens are shorter, so the text after them moves to the front.
    const tokens = `uas_${'s'.repeat(192)} `.repeat(9);
    for (const secret of ['4111 1111 1111 1111', '4111111111111111']) {
      for (let before = 0; before < 40; before++) {
        const text = `${tokens}${'x'.repeat(before)} ${secret} ${'y'.repeat(5000)}`;
        expect(fitText(text, 200)).not.toMatch(/uas_|4111/);
      }
    }
  });

  it('is fitted without searching much more than the kept part', () => {
    expect(fitText('4-'.repeat(5_000_000), 20)).toHaveLength(20);
  });
});
