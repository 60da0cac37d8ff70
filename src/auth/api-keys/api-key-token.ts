import { OpaqueTokens, type NewToken } from '../../lib/secrets/opaque-tokens';

/** Generates and recognizes the tokens of API keys. */
export const API_KEY_TOKENS = new OpaqueTokens('uak_');

/** Length of the prefix that is stored and shown. Records and logs redact any longer part of a token. */
const PREFIX_LENGTH = API_KEY_TOKENS.prefix.length + 6;

/** Generates the token of a new API key, which is shown once, and the prefix by which users recognize it. */
export function createApiKeyToken(): NewToken & { readonly prefix: string } {
  const newToken = API_KEY_TOKENS.make();
  return { ...newToken, prefix: newToken.token.slice(0, PREFIX_LENGTH) };
}
