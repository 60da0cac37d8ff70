/** Maximum length of a tag in characters: the longest that RFC 5646 asks programs to support. */
export const MAX_LANGUAGE_LENGTH = 35;

/**
 * Returns a BCP 47 language tag in canonical form (`pt-BR` for `pt-br`), or undefined if the text is not a valid tag.
 */
export function canonicalizeLanguage(tag: string): string | undefined {
  if (tag.length > MAX_LANGUAGE_LENGTH) return undefined;
  try {
    const [canonical] = Intl.getCanonicalLocales(tag);
    return canonical !== undefined && canonical.length <= MAX_LANGUAGE_LENGTH ? canonical : undefined;
  } catch {
    return undefined;
  }
}

/** Lists the language tags to look up for a language, most specific first (RFC 4647, "Lookup"): `pt-BR`, then `pt`. */
export function listFallbackLanguages(language: string): string[] {
  const subtags = language.split('-');
  const range: string[] = [];
  while (subtags.length > 0) {
    range.push(subtags.join('-'));
    subtags.pop();
    // A single letter introduces the subtag that has just been removed, so it goes too.
    if (subtags.at(-1)?.length === 1) subtags.pop();
  }
  return range;
}
