import { redact, redactText } from '../../src/lib/secrets/redact';

const TOKEN = 'uas_5tQ0xq8Wq2Vx9c1mB4n7Zk3Jr6Yp0Ls5Dg8Hf2Ta1Ue';

describe('a redacted text', () => {
  it.each([
    ['a token', `sent ${TOKEN} by mistake`, 'sent [masked] by mistake'],
    ['a key', 'key uak_5tQ0xq8Wq2Vx9c1mB4n7Zk3Jr6', 'key [masked]'],
    ['a header', 'Authorization: Bearer abc.def-ghi_jkl=', 'Authorization: Bearer [masked]'],
    ['a token behind other letters', `token${TOKEN}`, 'token[masked]'],
    ['a token behind an underscore', `my_${TOKEN}`, 'my_[masked]'],
    ['a token with an encoded underscore', TOKEN.replace('_', '%5F'), '[masked]'],
    ['a token with an underscore encoded twice', TOKEN.replace('_', '%255f'), '[masked]'],
    [
      'a token in full width',
      TOKEN.replace(/./g, (letter) => String.fromCodePoint(letter.charCodeAt(0) + 0xfee0)),
      '[masked]',
    ],
    ['a token with invisible characters', [...TOKEN].join('\u200b'), '[masked]'],
    ['a header with a token and more', `Bearer ${TOKEN}.more1`, 'Bearer [masked]'],
    ['a header in lower case', 'authorization: basic dXNlcjpwYXNz', 'authorization: basic [masked]'],
    ['a card number', '4111111111111111', '[masked] 1111'],
    ['a card number with spaces', 'card 4111 1111 1111 1111, please', 'card [masked] 1111, please'],
    ['a card number with dashes', '4111-1111-1111-1111', '[masked] 1111'],
    ['American Express', '3782 822463 10005', '[masked] 0005'],
    ['Mastercard', '5555555555554444', '[masked] 4444'],
    ['nineteen digits', '6304 0000 0000 0000 000', '[masked] 0000'],
    ['a card number and its expiry', '4111 1111 1111 1111 12/27', '[masked] 1111 12/27'],
    ['a card number without spaces, and its expiry', '4111111111111111 12 27', '[masked] 1111 12 27'],
    ['a card number and its code', '4111-1111-1111-1111-123', '[masked] 1111-123'],
    ['a number before a card number', 'line 1 4111 1111 1111 1111', 'line 1 [masked] 1111'],
    ['a day before a card number', '2026-01-05 4111111111111111', '2026-01-05 [masked] 1111'],
    ['two card numbers', '4111111111111111 5555555555554444', '[masked] 1111 [masked] 4444'],
    ['two card numbers with spaces', '4111 1111 1111 1111 5555 5555 5555 4444', '[masked] 1111 [masked] 4444'],
    ['a card number beside letters', 'visa4111111111111111x', 'visa[masked] 1111x'],
    ['thirteen digits', '4222222222222', '[masked] 2222'],
    ['Diners Club', '3056 930902 5904', '[masked] 5904'],
    ['a Mastercard of the second series', '2223 0031 2200 3222', '[masked] 3222'],
    ['Mir', '2200770239097761', '[masked] 7761'],
    ['a card number of a national brand', '8600 0000 0000 0007', '[masked] 0007'],
    ['a card number in two halves', '41111111 11111111', '[masked] 1111'],
    ['a card number between one digit and another', '4 4111 1111 1111 1111 4', '4 [masked] 1111 4'],
    [
      'a card number beside a random id',
      'ea3f7a66-716b-4c8e-9a1d-446655440000 4111111111111111',
      'ea3f7a66-716b-4c8e-9a1d-446655440000 [masked] 1111',
    ],
  ])('does not have %s', (_, text, masked) => {
    expect(redactText(text)).toBe(masked);
  });

  it.each([
    '',
    'Customer request',
    'order 1234567, subscription ABCD123',
    '4111111111111112',
    '4111 1111 1111',
    '0000000000000000',
    '5123456780001',
    '31234567800014',
    'face4111111111111111c0ffee00',
    '9f4111111111111111f0123456789abcdef0123456789abcdef0123456789ab',
    '+40 721 000 000',
    '2026-03-29T14:30:00+03:00',
    '01J000000000000000000R0E02',
    '01KAM9W3M8Q6XK2T1N9B7C5D4E',
    'Maria Manager <manager@one.example>',
    'the bearer of bad news',
    'Bearer instruments',
    'Basic subscription, one year',
    'basic authentication',
    'uas_short',
    // Their digits pass the check of card numbers.
    'c0abb04f-6e35-4608-8287-247c1b292547',
    'batch-17-c0abb04f-6e35-4608-8287-247c1b292547',
    'job-20260115093000-99991',
    'tick 1763856910127',
    'order-42-1763856910120',
    '2026-01-15-093005',
  ])('is not changed without a secret: %j', (text) => {
    expect(redactText(text)).toBe(text);
  });
});

describe('redacted details', () => {
  it.each([
    'password',
    'newPassword',
    'PASSWORD',
    'pass',
    'passphrase',
    'token',
    'accessToken',
    'secret',
    'clientSecret',
    'authorization',
    'Cookie',
    'apiKey',
    'api_key',
    'cvv',
    'cvc',
    'cardNumber',
    'card_number',
    'pan',
    'privateKey',
  ])('have no value under the name %s, at any depth', (name) => {
    expect(redact({ [name]: 'x' })).toEqual({ [name]: '[masked]' });
    expect(redact({ [name]: { deeper: ['x'] } })).toEqual({ [name]: '[masked]' });
    expect(redact({ changes: [{ card: { [name]: 12345 } }] })).toEqual({ changes: [{ card: { [name]: '[masked]' } }] });
  });

  it('have no secrets in texts at any depth, in numbers, and in names', () => {
    expect(redact({ a: [{ b: `x ${TOKEN}` }], [TOKEN]: 1, n: 4_111_111_111_111_111 })).toEqual({
      a: [{ b: 'x [masked]' }],
      '[masked]': 1,
      n: '[masked] 1111',
    });
  });

  it('are not changed otherwise', () => {
    const details = {
      roleId: '01J000000000000000000R0E02',
      changes: { name: { from: 'Before', to: 'After' }, price: { from: 1990, to: 2500 } },
      company: 'Spanish Passengers',
      passed: true,
      nothing: null,
      list: [0, -5, 1.5, 10 ** 12],
    };
    expect(redact(details)).toEqual(details);
  });
});

describe('a text of only digits and separators', () => {
  it.each([
    ['single digits', '1 '],
    ['short groups', '4111-'],
    ['one group', '4'],
  ])('is redacted in a short time, however long it is: %s', (_, repeated) => {
    // Where the time grew with the square of the length, this would take longer than the test may.
    const text = repeated.repeat(5_000_000 / repeated.length);
    expect(redactText(text)).toBe(text);
  });
});
