import { OpaqueTokens, type NewToken } from '../../lib/secrets/opaque-tokens';

export const API_KEY_TOKENS = new OpaqueTokens('uak_');

/** So much of a token may be seen; of what is longer, records and logs keep nothing. */
const SHOWN = API_KEY_TOKENS.prefix.length + 6;

/** A token to be shown once, and what people recognise it by. */
export function newApiKeyToken(): NewToken & { readonly prefix: string } {
  const made = API_KEY_TOKENS.make();
  return { ...made, prefix: made.token.slice(0, SHOWN) };
}
