import { fitText } from '../../src/lib/secrets/fit-text';

describe('a text that is fitted into a column', () => {
  it.each([
    ['as it is', 'Customer request', 'Customer request'],
    ['up to its length', 'x'.repeat(20), 'x'.repeat(20)],
    ['cut', 'x'.repeat(21), `${'x'.repeat(19)}…`],
    ['cut by characters, not by halves of them', '😀'.repeat(21), `${'😀'.repeat(19)}…`],
    ['without a card number', 'card 4111111111111111', 'card [masked] 1111'],
    ['cut after a card number is masked', '4111111111111111 and so on and on', '[masked] 1111 and s…'],
  ])('is kept %s', (_, text, kept) => {
    expect(fitText(text, 20)).toBe(kept);
  });

  it('never shows a secret that the first cut goes through', () => {
    // Tokens shrink when they are masked, and move what is behind them to the front.
    const tokens = `uas_${'s'.repeat(192)} `.repeat(9);
    for (const secret of ['4111 1111 1111 1111', '4111111111111111']) {
      for (let before = 0; before < 40; before++) {
        const text = `${tokens}${'x'.repeat(before)} ${secret} ${'y'.repeat(5000)}`;
        expect(fitText(text, 200)).not.toMatch(/uas_|4111/);
      }
    }
  });

  it('is not looked at much further than what is kept of it', () => {
    expect(fitText('4-'.repeat(5_000_000), 20)).toHaveLength(20);
  });
});
