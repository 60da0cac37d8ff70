import fc from 'fast-check';
import { LONG, text, value } from './odd-values';

/** One change to a valid request. A place is an index, modulo the number of places that the request has. */
export type Change =
  | { readonly kind: 'field'; readonly place: number; readonly value: unknown }
  | { readonly kind: 'field removed'; readonly place: number }
  | { readonly kind: 'field added'; readonly place: number; readonly name: string; readonly value: unknown }
  | { readonly kind: 'body'; readonly value: unknown }
  | { readonly kind: 'raw body'; readonly text: string }
  | { readonly kind: 'raw bytes'; readonly hex: string }
  | { readonly kind: 'compressed body'; readonly encoding: string }
  | { readonly kind: 'query'; readonly name: string; readonly values: readonly string[] }
  | { readonly kind: 'declared query'; readonly place: number; readonly values: readonly string[] }
  | { readonly kind: 'raw query'; readonly text: string }
  | { readonly kind: 'path'; readonly place: number; readonly segment: string }
  | { readonly kind: 'header'; readonly name: string; readonly value: string | readonly string[] };

const name = fc.oneof(
  fc.constantFrom(
    'id',
    'accountId',
    'version',
    'status',
    'name',
    'passwordHash',
    '__proto__',
    'constructor',
    'toString',
  ),
  fc.constantFrom('', 'a.b', 'a[0]', LONG, '\u0000', '4111111111111111', 'ключ'),
  fc.string({ maxLength: 20 }),
);
const place = fc.nat(50);

/** Valid ids and references of objects that do not exist. */
const ABSENT = ['01KAM9W3M8Q6XK2T1N9B7C5D4E', '2999999', 'ABCD999999', 'custom.none.at_all'];
const ENCODED = fc.oneof(
  fc.constantFrom(...ABSENT),
  text.map(encode),
  fc.constantFrom(
    'a%2Fb',
    '%2e%2e',
    '..',
    '%00',
    '%ZZ',
    '%',
    '%C3',
    '%FF%FE',
    '%F0%9F%98%80',
    '%20',
    '%25',
    '%u0041',
    '*',
    "'",
  ),
  fc.constantFrom(
    'x'.repeat(199),
    'x'.repeat(200),
    'x'.repeat(201),
    'x'.repeat(3000),
    '%41'.repeat(100),
    ';a=b',
    '1,2',
    '\u00e9',
  ),
);
const queryValue = fc.oneof(
  text.map(encode),
  fc.constantFrom('1', '1000', '1001', '0', '1.5', '%ZZ', '%', '%C3', 'a+b', '[]'),
);
const headerText = fc.oneof(
  fc.constantFrom('', ' ', 'x', 'x'.repeat(300), '\u00e9\u00ff', '"quoted"', ',', ';', '*/*', '-1', '4111111111111111'),
  fc.stringMatching(/^[\x21-\x7e]{0,40}$/),
);

const header = fc.oneof(
  fc.record({
    name: fc.constant('content-type'),
    value: fc.constantFrom(
      ...['text/plain', 'application/xml', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', ''],
      ...['application/json; charset=utf-16', 'Application/JSON', 'application/problem+json', 'json', 'a/b; c', '*/*'],
    ),
  }),
  fc.record({
    name: fc.constant('accept'),
    value: fc.constantFrom(
      'text/csv',
      'text/html',
      'image/png',
      '*/*;q=0',
      'application/json;q=abc',
      '',
      ',',
      'text/*',
    ),
  }),
  fc.record({ name: fc.constant('expect'), value: fc.constantFrom('100-continue', '200-ok', 'x') }),
  fc.record({
    name: fc.constant('content-encoding'),
    value: fc.constantFrom('gzip', 'br', 'identity', 'x', 'gzip, gzip'),
  }),
  fc.record({
    name: fc.constantFrom(
      'idempotency-key',
      'x-request-id',
      'user-agent',
      'x-forwarded-for',
      'accept-language',
      'cookie',
    ),
    value: headerText,
  }),
  fc.record({
    name: fc.constantFrom(
      'origin',
      'referer',
      'if-match',
      'if-none-match',
      'range',
      'te',
      'x-http-method-override',
      'forwarded',
    ),
    value: headerText,
  }),
  fc.record({
    name: fc.constantFrom('idempotency-key', 'x-request-id', 'accept'),
    value: fc.array(headerText, { minLength: 2, maxLength: 3 }),
  }),
  fc.record({
    name: fc.constant('authorization'),
    value: fc.constantFrom(
      '',
      'Bearer',
      'Bearer  ',
      'Basic dXNlcjpwYXNz',
      'bearer x',
      `Bearer uas_${'a'.repeat(43)}`,
      `Bearer ${LONG}`,
      '\u00e9',
    ),
  }),
);

/** Generates changes to a request. A change is skipped if the operation has no such part, for example no body. */
export const change: fc.Arbitrary<Change> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('field' as const), place, value }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('field removed' as const), place }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('field added' as const), place, name, value }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('body' as const), value }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('raw body' as const),
      text: fc.constantFrom(
        '',
        '{',
        '{"a":',
        '[]',
        'null',
        '"text"',
        '7',
        '\uFEFF{}',
        '{"a":1,}',
        "{'a':1}",
        '{}{}',
        '{"__proto__":{}}',
        '[[',
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('raw bytes' as const),
      // Invalid UTF-8, an overlong slash, UTF-16, and bytes that are not text in any encoding.
      hex: fc.constantFrom('7b226e616d65223a22ff227d', '22c0af22', 'fffe7b007d00', '0000', '1f8b08'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('compressed body' as const),
      encoding: fc.constantFrom('gzip', 'x-gzip', 'deflate'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('query' as const),
      name: name.map(encode),
      values: fc.array(queryValue, { minLength: 1, maxLength: 2 }),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('declared query' as const),
      place,
      values: fc.array(queryValue, { minLength: 1, maxLength: 3 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('raw query' as const),
      text: fc.constantFrom(
        '?',
        '&',
        '=',
        '&&==',
        'a',
        'limit',
        'limit=1&limit=2',
        'limit[]=1',
        'limit[a]=1',
        '%=%',
        '#x',
      ),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('path' as const), place, segment: ENCODED }) },
  { weight: 4, arbitrary: header.map((changed) => ({ kind: 'header' as const, ...changed })) },
);

/** Percent-encodes a text. Encodes unpaired surrogates, which UTF-8 does not allow, as three bytes. */
function encode(plain: string): string {
  return plain
    .split(/([\uD800-\uDFFF])/u)
    .map((part) => (part.isWellFormed() ? encodeURIComponent(part) : '%ED%A0%80'))
    .join('');
}
