const QUERY_OR_FRAGMENT = /[?#].*$/s;
/** The user and password of an absolute address, and of one that begins with `//`. */
const CREDENTIALS = /^([a-z][a-z\d+.-]*:)?[/\\]{2}[^/\\]*@/i;

/** A page's address without what may be secret in it: its query, its fragment, and the credentials before its host. */
export function stripPageUrl(address: string): string {
  return address.trim().replace(QUERY_OR_FRAGMENT, '').replace(CREDENTIALS, '$1//').trim();
}

/** A request's body with the pages in it as `stripPageUrl` leaves them; all else as it came. */
export function stripPageUrls(body: unknown): unknown {
  const own = stripPageUrlOf(body);
  return isObject(own) && Array.isArray(own.views) ? { ...own, views: own.views.map(stripPageUrlOf) } : own;
}

function stripPageUrlOf(view: unknown): unknown {
  return isObject(view) && typeof view.page === 'string' ? { ...view, page: stripPageUrl(view.page) } : view;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
