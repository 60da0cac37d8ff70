import { crossOut, type Range } from './ranges';

/**
 * Matches tokens of this service, which belong to a session, an API key or an invitation: the start of a token too, and
 * a whole token directly after other letters.
 */
const OWN_TOKEN =
  /(?<![A-Za-z0-9])ua[a-z]_[A-Za-z0-9_-]{8,}|ua[a-z]_(?=[A-Za-z0-9_-]{0,42}\d)(?=[A-Za-z0-9_-]{0,42}[A-Z])[A-Za-z0-9_-]{43}/g;
/** Matches the scheme and credentials of an Authorization header. */
const AUTHORIZATION = /\b(Bearer|Basic)\s+([A-Za-z0-9._~+/=-]{8,})/gi;
/** Matches what random credentials have, and words do not: a digit, a capital letter inside, `_` or `=`. */
const RANDOM = /\d|[a-z][A-Z]|[_=]/;

/** Finds tokens in a text. In an Authorization header, the whole credentials are a token. */
export function findTokens(text: string): Range[] {
  const tokens: Range[] = [];
  const others = text.replace(OWN_TOKEN, (token, start: number) => {
    tokens.push({ start, end: start + token.length });
    return crossOut(token);
  });
  for (const { 0: header, 1: scheme = '', 2: credentials = '', index } of others.matchAll(AUTHORIZATION)) {
    const isSecret = scheme.toLowerCase() === 'basic' ? areUserAndPassword(credentials) : RANDOM.test(credentials);
    const end = index + header.length;
    if (isSecret) tokens.push({ start: end - credentials.length, end });
  }
  return tokens;
}

/**
 * Returns whether the text is a base64-encoded user and password separated by a colon, the credentials of Basic
 * authentication (RFC 7617). "Basic subscription" does not match.
 */
function areUserAndPassword(credentials: string): boolean {
  return /^[^\p{Cc}\ufffd]*:[^\p{Cc}\ufffd]*$/u.test(Buffer.from(credentials, 'base64').toString());
}
