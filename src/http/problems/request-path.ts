import { redactPath, redactText } from '../../lib/secrets/redact';

/** Scheme and host, which the address of a request has when a client takes the service for a proxy, with a user's password perhaps. */
const ORIGIN = /^[a-z][a-z\d+.-]*:\/*[^/?#]*/i;
const QUERY_OR_FRAGMENT = /[?#].*$/s;
const ENCODED = /(?:%[\da-f]{2})+/gi;

/** The path of a request's address as it came, encoded, but without secrets. */
export function encodedPath(address: string): string {
  return redactPath(pathOf(address));
}

/** The path of a request's address as people read it, decoded, without secrets. What can't be decoded stays as it came. */
export function decodedPath(address: string): string {
  return redactText(pathOf(address).replace(ENCODED, decoded));
}

function pathOf(address: string): string {
  return address.replace(ORIGIN, '').replace(QUERY_OR_FRAGMENT, '');
}

function decoded(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}
