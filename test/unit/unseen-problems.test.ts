const { unseenProblems, unseenHeaders } = jest.requireActual<{
  unseenProblems: (contract: object, seen: ReadonlySet<string>) => string[];
  unseenHeaders: (contract: object, seen: ReadonlySet<string>) => string[];
}>('../../.ci/unseen-problems.cjs');

const problem = (codes: Record<string, object>) => ({
  content: {
    'application/problem+json': {
      examples: Object.fromEntries(Object.entries(codes).map(([code, more]) => [code, { value: { code, ...more } }])),
    },
  },
});
const ofAField = { errors: [{ field: 'name' }] };

const CONTRACT = {
  paths: {
    '/v1/roles': {
      post: {
        responses: {
          '201': { description: 'The new role.' },
          '400': problem({ length_out_of_range: ofAField, request_malformed: {} }),
          '409': problem({ role_name_taken: {} }),
          '431': { $ref: '#/components/responses/HeadersTooLarge' },
        },
      },
    },
    '/v1/users': {
      post: { responses: { '400': problem({ length_out_of_range: ofAField }), '409': problem({ email_taken: {} }) } },
    },
  },
  components: { responses: { HeadersTooLarge: problem({ headers_too_large: {} }) } },
};

const SEEN = [
  'post /v1/roles 400 length_out_of_range',
  'post /v1/roles 400 request_malformed',
  'post /v1/roles 409 role_name_taken',
  'post /v1/users 409 email_taken',
];
const without = (problem: string) => new Set(SEEN.filter((seen) => seen !== problem));

describe('declared problems that no test has seen', () => {
  it('are none if each operation returned its own, and any operation those of fields', () => {
    expect(unseenProblems(CONTRACT, new Set(SEEN))).toEqual([]);
  });

  it.each([
    ['of an operation', 'post /v1/users 409 email_taken', ['post /v1/users 409 email_taken']],
    [
      'of a field, on each operation that declares it',
      'post /v1/roles 400 length_out_of_range',
      ['post /v1/roles 400 length_out_of_range', 'post /v1/users 400 length_out_of_range'],
    ],
    ['of the service', 'post /v1/roles 400 request_malformed', ['post /v1/roles 400 request_malformed']],
  ])('are listed: %s', (_, lacking, unseen) => {
    expect(unseenProblems(CONTRACT, without(lacking))).toEqual(unseen);
  });
});

describe('declared headers that no test has seen', () => {
  const headers = (...names: string[]) => ({ headers: Object.fromEntries(names.map((name) => [name, {}])) });
  const contract = {
    paths: {
      '/v1/roles': {
        get: { responses: { '200': headers('Link'), '401': { $ref: '#/components/responses/Unauthorized' } } },
        post: { responses: { '201': headers('Location'), '431': headers('X-Request-Id') } },
      },
      '/v1/users': { post: { responses: { '201': headers('Location'), '401': headers('WWW-Authenticate') } } },
    },
    components: { responses: { Unauthorized: headers('WWW-Authenticate') } },
  };
  const seen = [
    'get /v1/roles 200 link',
    'post /v1/roles 201 location',
    'post /v1/users 201 location',
    'post /v1/users 401 www-authenticate',
  ];
  const unseenWithout = (header: string) => unseenHeaders(contract, new Set(seen.filter((one) => one !== header)));

  it('are none if each operation sent its own, and any operation those of a problem', () => {
    expect(unseenWithout('')).toEqual([]);
  });

  it('are listed', () => {
    expect(unseenWithout('post /v1/users 201 location')).toEqual(['post /v1/users 201 location']);
    expect(unseenWithout('post /v1/users 401 www-authenticate')).toEqual([
      'get /v1/roles 401 www-authenticate',
      'post /v1/users 401 www-authenticate',
    ]);
  });
});
