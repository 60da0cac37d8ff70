import { redactPath, redactText } from '../../lib/secrets/redact';

/**
 * Scheme and host. A client that uses the service as a proxy sends them in the URL, perhaps with a user name and a
 * password.
 */
const ORIGIN = /^[a-z][a-z\d+.-]*:\/*[^/?#]*/i;
const QUERY_OR_FRAGMENT = /[?#].*$/s;
const ENCODED = /(?:%[\da-f]{2})+/gi;

/** Returns the path of a request's URL, still percent-encoded, without secrets. */
export function encodedPath(address: string): string {
  return redactPath(pathOf(address));
}

/** Returns the path of a request's URL, decoded and without secrets. Parts that cannot be decoded stay as they are. */
export function decodedPath(address: string): string {
  return redactText(pathOf(address).replace(ENCODED, decode));
}

function pathOf(address: string): string {
  return address.replace(ORIGIN, '').replace(QUERY_OR_FRAGMENT, '');
}

function decode(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}
