import fc from 'fast-check';

export const LONG = 'x'.repeat(5000);
/** Texts that cause trouble: other scripts, unpaired surrogates, control characters, markup, and card numbers. */
const TEXTS = [
  ...['', ' ', '\t', 'x', LONG, 'x'.repeat(70_000), '0', '-1', '1e9', 'NaN', 'true', 'null', '[]', '{}'],
  ...['Иван Ωμέγα', '注文を確認する', 'طلب جديد', 'ก็คือ', '👨‍👩‍👧‍👦', '🏳️‍🌈'.repeat(50), 'e\u0301'.repeat(100), '\u202Egnp.exe'],
  ...['\uD800', 'x\uDFFFy', '\u0000', 'a\u0007b', '\u001B[2J', 'line\nbreak', 'a\r\nb', '\uFEFF', '\u2028', '\uFFFF'],
  ...[
    "'; DROP TABLE users; --",
    '%',
    '_',
    '\\',
    '../../etc/passwd',
    '<script>alert(1)</script>',
    '{{shopperName}}',
    '{{',
  ],
  ...['4111 1111 1111 1111', '378282246310005', `uas_${'A'.repeat(43)}`, '=1+1', '__proto__', 'constructor'],
  ...[
    '2026-02-30',
    '2026-03-29T03:30:00',
    '9999-12-31T23:59:59Z',
    '0000-01-01',
    '+275760-09-13T00:00:00Z',
    '1970-01-01T00:00:00Z',
  ],
  ...[
    'a@b',
    `${'a'.repeat(300)}@b.example`,
    'ünï@cödé.example',
    '01J000000000000000000VSER1',
    '8ZZZZZZZZZZZZZZZZZZZZZZZZZ',
  ],
  ...[
    'USD',
    'XXX',
    'Europe/Bucharest',
    'Mars/Olympus',
    'en-US-u-ca-gregory',
    '0.00',
    '99999999999999.99',
    '1.999',
    '٤٢',
  ],
];
/** Generates texts, most of them odd. */
export const text = fc.oneof(
  fc.constantFrom(...TEXTS),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ maxLength: 300 }),
);
const number = fc.oneof(
  fc.constantFrom(0, -0, -1, 1, 2, 1.5, 1000, 1001, 2 ** 31, -(2 ** 31) - 1, 2 ** 53, 1e21, 1e308, 5e-324),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const list = fc.oneof(
  fc.constantFrom<unknown[]>([], [null], [[]], [{}], Array(1001).fill('x'), ['orders', 'orders'], [1, 'a', null]),
  fc.array(text, { maxLength: 4 }),
);
/** Generates JSON values, most of them odd. */
export const value: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: text },
  { weight: 3, arbitrary: number },
  { weight: 2, arbitrary: fc.constantFrom<unknown>(null, true, false) },
  { weight: 2, arbitrary: list },
  { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  { weight: 1, arbitrary: fc.constant(nested(30)) },
);

function nested(depth: number): unknown {
  return depth === 0 ? 'deep' : [nested(depth - 1)];
}
