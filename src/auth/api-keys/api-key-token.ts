import { randomBytes } from 'node:crypto';

const PREFIX = 'uak_';
export const API_KEY_TOKEN = new RegExp(`^${PREFIX}[A-Za-z0-9_-]{43}$`);

/** So much of a token may be seen; of what is longer, records and logs keep nothing. */
const SHOWN = PREFIX.length + 6;

/** A token to be shown once, and what people recognise it by. */
export function newApiKeyToken(): { readonly token: string; readonly prefix: string } {
  const token = PREFIX + randomBytes(32).toString('base64url');
  return { token, prefix: token.slice(0, SHOWN) };
}
