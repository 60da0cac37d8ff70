import fc from 'fast-check';
import { redactText } from '../../../src/lib/secrets/redact';
import { ORDINARY_KINDS, ORDINARY_TEXTS } from '../../support/ordinary-texts';
import { scaled } from '../../support/scale';

describe('a text without secrets', () => {
  it.each(ORDINARY_TEXTS)('is not changed: %j', (text) => {
    expect(redactText(text)).toBe(text);
    expect(redactText(`Note: ${text}.`)).toBe(`Note: ${text}.`);
  });

  it.each(ORDINARY_KINDS)('is not changed, in 20,000 generated examples of %s', (_, texts) => {
    fc.assert(
      fc.property(texts, (text) => redactText(text) === text),
      // A fixed seed: whether the check passes must not be a matter of luck.
      { numRuns: scaled(20_000, 5000), seed: 20_261_124 },
    );
  });
});
