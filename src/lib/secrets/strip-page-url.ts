const QUERY_OR_FRAGMENT = /[?#].*$/s;
/** The user name and password of an absolute address, or of an address that starts with `//`. */
const CREDENTIALS = /^([a-z][a-z\d+.-]*:)?[/\\]{2}[^/\\]*@/i;

/**
 * Removes the parts of a page's address that can be secret: the query, the fragment, and the credentials before the
 * host.
 */
export function stripPageUrl(address: string): string {
  return address.trim().replace(QUERY_OR_FRAGMENT, '').replace(CREDENTIALS, '$1//').trim();
}
