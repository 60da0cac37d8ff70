import helmet from 'helmet';
import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * Returns the security headers of all responses, as helmet chooses them. They are the same for every request, so this is
 * called once.
 */
export function securityHeaders(): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  const response = {
    setHeader: (name: string, value: string) => {
      headers[name.toLowerCase()] = value;
    },
    removeHeader: () => undefined,
  };
  // Swagger UI uses inline styles. Browsers that reach the service over plain HTTP must not be upgraded to HTTPS.
  const directives = { 'style-src': ["'self'", "'unsafe-inline'"], 'upgrade-insecure-requests': null };
  const setHeaders = helmet({ contentSecurityPolicy: { directives }, strictTransportSecurity: false });
  // With these options, helmet reads nothing of the request, and only sets and removes headers.
  setHeaders({} as IncomingMessage, response as unknown as ServerResponse, (error) => {
    if (error !== undefined) throw error as Error;
  });
  return headers;
}
