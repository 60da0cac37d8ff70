import { crossOut, type Range } from './ranges';

/** A token of this service, of a session, an API key or an invitation: also a part of it, and the whole behind other letters. */
const OWN_TOKEN =
  /(?<![A-Za-z0-9])ua[a-z]_[A-Za-z0-9_-]{8,}|ua[a-z]_(?=[A-Za-z0-9_-]{0,42}\d)(?=[A-Za-z0-9_-]{0,42}[A-Z])[A-Za-z0-9_-]{43}/g;
/** What an Authorization header says. */
const AUTHORIZATION = /\b(Bearer|Basic)\s+([A-Za-z0-9._~+/=-]{8,})/gi;
/** What words and product codes don't have: a digit, or a capital letter within. */
const RANDOM = /\d|[a-z][A-Z]|[_=]/;

/** The tokens in a text; of a token in an Authorization header, the whole credentials. */
export function findTokens(text: string): Range[] {
  const tokens: Range[] = [];
  const others = text.replace(OWN_TOKEN, (token, start: number) => {
    tokens.push({ start, end: start + token.length });
    return crossOut(token);
  });
  for (const { 0: header, 1: scheme, 2: credentials, index } of others.matchAll(AUTHORIZATION)) {
    const isSecret = scheme!.toLowerCase() === 'basic' ? areUserAndPassword(credentials!) : RANDOM.test(credentials!);
    const end = index + header.length;
    if (isSecret) tokens.push({ start: end - credentials!.length, end });
  }
  return tokens;
}

/** Basic credentials are a user and a password with a colon between them, in base64 (RFC 7617); "Basic subscription" is none. */
function areUserAndPassword(credentials: string): boolean {
  return /^[^\p{Cc}\ufffd]*:[^\p{Cc}\ufffd]*$/u.test(Buffer.from(credentials, 'base64').toString());
}
