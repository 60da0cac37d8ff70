import { canonicalizeLanguage, listFallbackLanguages } from '../../src/lib/language';

describe('a language', () => {
  it.each([
    ['en', 'en'],
    ['PT-br', 'pt-BR'],
    ['zh-hant-tw', 'zh-Hant-TW'],
    ['iw', 'he'],
    ['sr-cyrl', 'sr-Cyrl'],
  ])('%s is stored as %s', (tag, canonical) => {
    expect(canonicalizeLanguage(tag)).toBe(canonical);
  });

  it.each([
    '',
    ' ',
    'en ',
    'pt_BR',
    'e',
    '-',
    'en--US',
    'english language',
    'x-private',
    'en-x-12345678-12345678-12345678-1234',
  ])('%j is refused', (tag) => {
    expect(canonicalizeLanguage(tag)).toBeUndefined();
  });

  it.each([
    ['en', ['en']],
    ['pt-BR', ['pt-BR', 'pt']],
    ['zh-Hant-TW', ['zh-Hant-TW', 'zh-Hant', 'zh']],
    ['de-DE-u-co-phonebk', ['de-DE-u-co-phonebk', 'de-DE-u-co', 'de-DE', 'de']],
    ['en-x-shop', ['en-x-shop', 'en']],
  ])('a reader of %s gets the first template in %j', (language, range) => {
    expect(listFallbackLanguages(language)).toEqual(range);
  });
});
