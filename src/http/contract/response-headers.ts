import { securityHeaders } from '../server/security-headers';

/** The headers of responses that operations have in common, as the contract shows them. */
export const RESPONSE_HEADERS = {
  'Accept-Encoding': {
    description: 'The encoding in which the service reads bodies. Sent with `content_encoding_unsupported`.',
    schema: { type: 'string' },
    example: 'identity',
  },
  'Content-Disposition': {
    description: 'Marks the response as a file, and names it.',
    schema: { type: 'string' },
    example: 'attachment; filename="users-activity_2026-03-01_2026-03-31.csv"',
  },
  'Content-Encoding': {
    description: '`gzip` if the response is compressed, which the client asks for with `Accept-Encoding`.',
    schema: { type: 'string' },
    example: 'gzip',
  },
  'Idempotent-Replayed': {
    description: '`true` if this is the response of an earlier request with the same `Idempotency-Key`.',
    schema: { type: 'string' },
    example: 'true',
  },
  Link: {
    description: 'The URL of the next page, with `rel="next"`. The last page has none.',
    schema: { type: 'string' },
    example: '</v1/users?limit=50&cursor=eyJhZnRlciI6IjAxSiJ9.q1w2e3r4t5y6u7i8>; rel="next"',
  },
  Location: {
    description: 'The URL of the created object.',
    schema: { type: 'string' },
    example: '/v1/users/01J000000000000000000VSER3',
  },
  RateLimit: {
    description:
      'The limits that were reached, by name: `r` is the number of remaining failures, `t` the seconds until the limit resets.',
    schema: { type: 'string' },
    example: '"login-user-address";r=0;t=840',
  },
  'RateLimit-Policy': {
    description:
      'All limits, by name: `q` is the number of failures allowed in a window, `w` the length of a window in seconds.',
    schema: { type: 'string' },
    example: '"login-user-address";q=10;w=900, "login-address";q=100;w=900, "login-user";q=50;w=3600',
  },
  'Report-Time-Zone': {
    description: 'The IANA name of the time zone of the times in an export.',
    schema: { type: 'string' },
    example: 'Europe/Bucharest',
  },
  'Retry-After': {
    description: 'The number of seconds to wait before the next attempt.',
    schema: { type: 'integer', minimum: 1 },
    example: 10,
  },
  Vary: {
    description: 'The request headers on which the response depends, for caches.',
    schema: { type: 'string' },
    example: 'Accept',
  },
  'WWW-Authenticate': {
    description: 'How to authenticate: with a token.',
    schema: { type: 'string' },
    example: 'Bearer',
  },
  'X-Accel-Buffering': {
    description: '`no`, so that nginx forwards each event immediately.',
    schema: { type: 'string' },
    example: 'no',
  },
  'X-Request-Id': {
    description:
      'The id of the request, as in the service’s log and in the activity record. It is the `X-Request-Id` of the request if that ' +
      'has 8 to 64 letters, digits, dots, hyphens or underscores.',
    schema: { type: 'string' },
    example: '01KAM9W3M8Q6XK2T1N9B7C5D4E',
  },
} as const;

export type ResponseHeader = keyof typeof RESPONSE_HEADERS;

/** Returns references to headers of the contract. */
export function headerReferences(names: readonly ResponseHeader[]): Record<string, { $ref: string }> {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}

const SENT_HEADERS = Symbol('sent headers');

/** Declares headers of a route's successful response, for the contract. Can stand on a route several times. */
export function SendsHeaders(...names: [ResponseHeader, ...ResponseHeader[]]): MethodDecorator {
  return (_target, _name, { value }: PropertyDescriptor) => {
    Reflect.defineMetadata(SENT_HEADERS, [...sentHeadersOf(value as object), ...names], value as object);
  };
}

/** Returns the headers that `@SendsHeaders` declares for a route. */
export function sentHeadersOf(handler: object): readonly ResponseHeader[] {
  return (Reflect.getMetadata(SENT_HEADERS, handler) as readonly ResponseHeader[] | undefined) ?? [];
}

/** The paragraph of the contract about the headers that no operation declares, because every response has them. */
export const COMMON_HEADERS = `**Headers.** Every response has \`X-Request-Id\`, \`Cache-Control\` and the security headers
${Object.keys(securityHeaders())
  .map((name) => `\`${name}\``)
  .join(', ')}. Pages of lists have \`Vary\`, and if the client accepts gzip, they can be compressed, with
\`Content-Encoding: gzip\`.`;
