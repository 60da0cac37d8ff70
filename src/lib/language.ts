/** A tag of the longest kind that RFC 5646 asks programs to keep. */
const MAX_LENGTH = 35;

/** A language's BCP 47 tag as it is stored (`pt-br` is `pt-BR`); undefined where the text is no tag. */
export function canonicalizeLanguage(tag: string): string | undefined {
  try {
    const [canonical] = Intl.getCanonicalLocales(tag);
    return canonical !== undefined && canonical.length <= MAX_LENGTH ? canonical : undefined;
  } catch {
    return undefined;
  }
}

/** What whoever reads a language may read too, the best first (RFC 4647, "Lookup"): `pt-BR`, `pt`. */
export function listFallbackLanguages(language: string): string[] {
  const subtags = language.split('-');
  const range: string[] = [];
  while (subtags.length > 0) {
    range.push(subtags.join('-'));
    subtags.pop();
    // What a single letter introduces has just been left out.
    if (subtags.at(-1)?.length === 1) subtags.pop();
  }
  return range;
}
