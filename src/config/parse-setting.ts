/**
 * Converts the text of an environment variable to the type of the setting's default. Text that does not convert is
 * returned unchanged, so that validation rejects it.
 */
export function parseSetting(text: string, example: unknown): unknown {
  if (typeof example === 'number') return /^\d+$/.test(text) ? Number(text) : text;
  if (typeof example === 'boolean') return ({ true: true, false: false } as Record<string, boolean>)[text] ?? text;
  return text;
}
