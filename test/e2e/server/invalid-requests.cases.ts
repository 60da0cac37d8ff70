import { recordOf } from '../../support/ingestion';

export const CARD = '4111 1111 1111 1111';
export const ID = '01KAM9W3M8Q6XK2T1N9B7C5D4E';
const LOGIN = '/v1/auth/login';
const TEMPLATES = '/v1/email-templates';
export const RECORDS = '/v1/activities';
export const VIEWS = '/v1/page-views';
const CANCEL = '/v1/subscriptions/ABCD123456/cancel';
export const PRICE = '/v1/subscriptions/ABCD123456/renewal/price';

const user = { email: 'nora@one.example', name: 'Nora New', roleIds: [] };
export const order = {
  shopper: { name: 'Sara', email: 'sara@shopper.example', country: 'RO' },
  products: [{ productCode: 'ONCE', quantity: 1 }],
  currency: 'USD',
  paymentMethod: { token: 'tok_visa_4242', brand: 'visa', lastFour: '4242', expires: '2031-12' },
};
const template = { name: 'N', kind: 'invoice', language: 'en', subject: 'S', html: '<p>H</p>', text: 'T' };
const piece = { productCode: 'ONCE', quantity: 1 };
export const fields = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`f${index}`, 1]));
const nested = (depth: number) => JSON.parse('['.repeat(depth) + ']'.repeat(depth)) as unknown;

/** A request with a body, and the response that refuses it: the status, the code, and each field with its code. */
export type Case = readonly [path: string, body: unknown, status: number, code: string, errors: readonly string[]];

const missing: Case[] = [
  [LOGIN, {}, 400, 'required', ['/email required', '/password required']],
  ['/v1/users', { roleIds: [] }, 400, 'required', ['/email required', '/name required']],
  [PRICE, { price: '1' }, 400, 'required', ['/currency required', '/billingCycles required']],
  [TEMPLATES, { ...template, html: undefined, text: undefined }, 400, 'required', ['/html required', '/text required']],
  [
    '/v1/orders',
    { ...order, shopper: { name: 'S' } },
    400,
    'required',
    ['/shopper/email required', '/shopper/country required'],
  ],
  [VIEWS, { views: [{}, { title: 'T' }] }, 400, 'required', ['/views/0/page required', '/views/1/page required']],
  [VIEWS, {}, 400, 'required', ['/page required']],
  [
    RECORDS,
    { records: [recordOf('a', { key: undefined, activity: undefined })] },
    400,
    'required',
    ['/records/0/key required', '/records/0/activity required'],
  ],
];

const inLists: Case[] = [
  ['/v1/users', { ...user, roleIds: ['x', ID] }, 400, 'id_invalid', ['/roleIds id_invalid']],
  [
    '/v1/orders',
    { ...order, products: [piece, { ...piece, quantity: 0 }, { quantity: 1.5 }] },
    400,
    'validation_failed',
    [
      '/products/1/quantity out_of_range',
      '/products/2/productCode required',
      '/products/2/quantity not_a_whole_number',
    ],
  ],
  [
    '/v1/orders',
    { ...order, products: [piece, null, 7, [], [piece], {}] },
    400,
    'validation_failed',
    [
      '/products/1 not_an_object',
      '/products/2 not_an_object',
      '/products/3 not_an_object',
      '/products/4 not_an_object',
      '/products/5/productCode required',
      '/products/5/quantity required',
    ],
  ],
  [
    VIEWS,
    {
      views: [
        { page: '/a', viewedAt: '2020-01-01T00:00:00Z' },
        { page: 7, viewedAt: '2999-01-01T00:00:00Z' },
      ],
    },
    400,
    'validation_failed',
    ['/views/0/viewedAt time_too_old', '/views/1/page not_a_text', '/views/1/viewedAt time_in_future'],
  ],
  [
    RECORDS,
    { records: [recordOf('a', { user: { name: 'N' } }), recordOf('b', { billingCycles: 0 })] },
    400,
    'validation_failed',
    ['/records/0/user/email required', '/records/1/billingCycles out_of_range'],
  ],
];

const unknown: Case[] = [
  [
    LOGIN,
    { email: 'a@b.example', password: 'x', 'a/b~c': 1, remember: true },
    400,
    'field_unknown',
    ['/a~1b~0c field_unknown', '/remember field_unknown'],
  ],
  [
    '/v1/users',
    { ...user, status: 'active', name: '' },
    400,
    'validation_failed',
    ['/status field_unknown', '/name length_out_of_range'],
  ],
  [
    '/v1/orders',
    { ...order, products: [{ ...piece, price: '1' }], constructor: 1 },
    400,
    'field_unknown',
    ['/constructor field_unknown', '/products/0/price field_unknown'],
  ],
  [
    PRICE,
    { price: { constructor: 1, toString: 1 }, currency: 'USD', billingCycles: 2 },
    400,
    'field_unknown',
    ['/price/constructor field_unknown', '/price/toString field_unknown'],
  ],
  [CANCEL, { reason: 'other', status: 'active' }, 400, 'field_unknown', ['/status field_unknown']],
  [TEMPLATES, { ...template, status: 1 }, 400, 'field_unknown', ['/status field_unknown']],
  [VIEWS, { page: '/a', referrer: '/' }, 400, 'field_unknown', ['/referrer field_unknown']],
  [
    VIEWS,
    { views: [{ page: '/a', referrer: '/' }], title: 'T' },
    400,
    'field_unknown',
    ['/title field_unknown', '/views/0/referrer field_unknown'],
  ],
  [
    RECORDS,
    { records: [recordOf('a', { details: {} })], accountId: 'x' },
    400,
    'field_unknown',
    ['/accountId field_unknown', '/records/0/details field_unknown'],
  ],
];

const secrets: Case[] = [
  [LOGIN, { email: CARD, password: 'x' }, 422, 'card_number_refused', ['/email card_number_refused']],
  [
    '/v1/users',
    { ...user, name: CARD, roleIds: [CARD] },
    422,
    'card_number_refused',
    ['/name card_number_refused', '/roleIds/0 card_number_refused'],
  ],
  ['/v1/orders', { ...order, comment: CARD }, 422, 'card_number_refused', ['/comment card_number_refused']],
  [
    '/v1/orders',
    { ...order, comment: CARD, currency: 'XYZ' },
    400,
    'validation_failed',
    ['/comment card_number_refused', '/currency currency_unknown'],
  ],
  [CANCEL, { reason: 'other', comment: CARD }, 422, 'card_number_refused', ['/comment card_number_refused']],
  [
    CANCEL,
    { reason: 'boredom', comment: CARD },
    400,
    'validation_failed',
    ['/comment card_number_refused', '/reason value_unknown'],
  ],
  [
    TEMPLATES,
    { ...template, html: `${'long '.repeat(2000)}${CARD}`, text: CARD },
    422,
    'card_number_refused',
    ['/text card_number_refused', '/html card_number_refused'],
  ],
  [
    TEMPLATES,
    { ...template, html: `${'long '.repeat(2000)}${CARD}`, name: undefined },
    400,
    'validation_failed',
    ['/name required', '/html card_number_refused'],
  ],
  [VIEWS, { page: '/a', title: CARD }, 422, 'card_number_refused', ['/title card_number_refused']],
  [
    VIEWS,
    { views: [{ page: '/a', title: CARD }, {}] },
    400,
    'validation_failed',
    ['/views/0/title card_number_refused', '/views/1/page required'],
  ],
  [
    RECORDS,
    { records: [recordOf('a', { comment: CARD }), recordOf('b', { page: 7 })] },
    400,
    'validation_failed',
    ['/records/0/comment card_number_refused', '/records/1/page not_a_text'],
  ],
  [
    RECORDS,
    { records: [recordOf('a', { user: { name: 'N', email: '\ud800@b.example' } }), recordOf('b', { page: 7 })] },
    400,
    'validation_failed',
    ['/records/0/user/email text_malformed', '/records/1/page not_a_text'],
  ],
  // The name of the field is not told, so it is the whole that is refused.
  ['/v1/roles', { [CARD]: 'x' }, 422, 'card_number_refused', [' card_number_refused']],
  [
    RECORDS,
    { records: [{ [CARD]: 'x' }, {}], x: 1 },
    400,
    'validation_failed',
    [
      '/x field_unknown',
      '/records/0 card_number_refused',
      '/records/1/key required',
      '/records/1/occurredAt required',
      '/records/1/activity required',
      '/records/1/user required',
    ],
  ],
];

const PATHS = [LOGIN, '/v1/users', '/v1/orders', CANCEL, TEMPLATES, VIEWS, RECORDS];
const odd: Case[] = PATHS.flatMap((path): Case[] => [
  ...[null, [], [{}], 7, true, 'text'].map((body): Case => [path, body, 400, 'not_an_object', [' not_an_object']]),
  [path, { a: nested(20) }, 400, 'body_too_deep', []],
  [path, fields(101), 400, 'body_too_wide', []],
]);
const long: Case[] = [
  [
    LOGIN,
    { email: 'x'.repeat(5000), password: 'x'.repeat(5000) },
    400,
    'length_out_of_range',
    ['/email length_out_of_range', '/password length_out_of_range'],
  ],
  [LOGIN, { email: 'x'.repeat(17 * 1024) }, 413, 'body_too_large', []],
  [
    TEMPLATES,
    { ...template, html: 'x'.repeat(50_001), name: 'x'.repeat(201) },
    400,
    'length_out_of_range',
    ['/name length_out_of_range', '/html length_out_of_range'],
  ],
  ['/v1/orders', { ...order, products: Array<object>(101).fill({}) }, 400, 'too_many', ['/products too_many']],
  [VIEWS, { views: Array<object>(101).fill({}) }, 400, 'too_many', ['/views too_many']],
  [RECORDS, { records: Array<object>(1001).fill({}) }, 400, 'too_many', ['/records too_many']],
  [
    VIEWS,
    { page: 'x'.repeat(201), title: 'x'.repeat(201) },
    400,
    'length_out_of_range',
    ['/page length_out_of_range', '/title length_out_of_range'],
  ],
];

/** The cases by what is wrong with the request. */
export const INVALID_BODIES: readonly (readonly [fault: string, cases: readonly Case[]])[] = [
  ['without fields that it needs', missing],
  ['with wrong items in a list', inLists],
  ['with fields that nobody knows', unknown],
  ['with secrets or malformed texts, alone or beside other faults', secrets],
  ['with a body of another type, too deep or too wide', odd],
  ['with texts or lists that are too long', long],
];
