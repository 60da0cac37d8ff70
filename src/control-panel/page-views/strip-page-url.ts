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

/** Applies `stripPageUrl` to every page in a request body, and leaves everything else unchanged. */
export function stripPageUrls(body: unknown): unknown {
  const stripped = stripViewUrl(body);
  return isObject(stripped) && Array.isArray(stripped.views)
    ? { ...stripped, views: stripped.views.map(stripViewUrl) }
    : stripped;
}

function stripViewUrl(view: unknown): unknown {
  return isObject(view) && typeof view.page === 'string' ? { ...view, page: stripPageUrl(view.page) } : view;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
