import { stripPageUrl } from '../../lib/secrets/strip-page-url';

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
