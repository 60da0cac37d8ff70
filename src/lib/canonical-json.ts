/**
 * Returns the canonical JSON of a value that was parsed from JSON, as RFC 8785 defines it: no spaces, the members of
 * objects sorted by the UTF-16 code units of their names, strings and numbers as `JSON.stringify` writes them. Lone
 * surrogates, which the RFC refuses, are written as escapes.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const members = value as Readonly<Record<string, unknown>>;
  const names = Object.keys(members).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonicalJson(members[name])}`).join(',')}}`;
}
