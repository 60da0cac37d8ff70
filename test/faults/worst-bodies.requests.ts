const KIB = 1024;
const MIB = 1024 * KIB;

/** A request whose body is as expensive to process as possible. */
export interface WorstRequest {
  readonly name: string;
  readonly path: string;
  /** Whether it is sent with the token of a user who may not send records. */
  readonly isSignedIn: boolean;
  /** The parts of the body. The piece is repeated between the other two up to the size of the body. */
  readonly body: readonly [begin: string, piece: string, end: string];
  readonly bytes: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether the body is sent in chunks, so that its size is known only at its end. */
  readonly isChunked?: boolean;
}

/** Bodies that are expensive to parse, to validate, or to search for secrets. */
const SHAPES: readonly (readonly [name: string, ...body: WorstRequest['body']])[] = [
  ['lists in lists', '', '[', ''],
  ['objects in objects', '', '{"a":', ''],
  ['a list of numbers', '[', '1,', '1]'],
  ['a list of lists', '{"records":[', '[],', '[]]}'],
  ['an object with one field very often', '{', '"a":1,', '"a":1}'],
  ['a text of escapes', '{"page":"', '\\u0034\\u002d', '"}'],
  ['a text of escapes of itself', '{"page":"', '\\\\\\"', '"}'],
  ['a text of digits', '{"page":"', '4111111111111112', '"}'],
  ['a text of digits and dashes', '{"page":"', '4-', '"}'],
  ['a text of digits and spaces', '{"page":"', '4 1 1 1 ', '"}'],
  ['a text of tokens', '{"page":"', 'uas_Bearer ', '"}'],
  ['texts of digits and dashes', '{"views":[', `{"page":"${'4-'.repeat(1900)}"},`, '{"page":"x"}]}'],
  ['names of digits and dashes', '{', `"${'4-'.repeat(400)}":"4-4-4-4",`, '"a":1}'],
];

/** Logins with bodies of the maximum size, and with larger ones that are refused. */
const LOGINS = [16 * KIB, MIB].flatMap((bytes) =>
  SHAPES.map(([name, begin, piece, end]): WorstRequest => {
    const body = [begin.replace('"page"', '"email"'), piece, end] as const;
    return { name: `login: ${name}`, path: '/v1/auth/login', isSignedIn: false, body, bytes };
  }),
);

const DASHES = ['{"email":"', '4-', '","password":"4-4-4-4-4-4-4"}'] as const;

export const WORST_REQUESTS: readonly WorstRequest[] = [
  { name: 'login: an email address of dashes', path: '/v1/auth/login', isSignedIn: false, body: DASHES, bytes: MIB },
  { name: 'login: as long as may be', path: '/v1/auth/login', isSignedIn: false, body: DASHES, bytes: 16 * KIB },
  ...LOGINS,
  ...[false, true].flatMap((isSignedIn) =>
    SHAPES.flatMap(([name, ...body]): WorstRequest[] => [
      { name: `records: ${name}`, path: '/v1/activities', isSignedIn, body, bytes: 5 * MIB },
      { name: `page views: ${name}`, path: '/v1/page-views', isSignedIn, body, bytes: MIB },
    ]),
  ),
  ...[false, true].flatMap((isSignedIn) => {
    const body = ['', '[', ''] as const;
    const large = { path: '/v1/activities', isSignedIn, body, bytes: 30_000_000 };
    return [
      { ...large, name: 'records: 30 MB in chunks', isChunked: true },
      { ...large, name: 'records: 30 MB said to be gzip', headers: { 'content-encoding': 'gzip' } },
      { ...large, name: 'page views: 30 MB in chunks', path: '/v1/page-views', isChunked: true },
    ];
  }),
  { name: 'nothing: 30 MB', path: '/v1/nothing', isSignedIn: false, body: ['', 'x', ''], bytes: 30_000_000 },
];

const bodies = new Map<string, Buffer>();

/**
 * Creates the body of a request, of at most `bytes` bytes. It is cached, so that the sender spends its time on sending.
 */
export function createBody({ body: [begin, piece, end], bytes }: WorstRequest): Buffer {
  const key = JSON.stringify([begin, piece, end, bytes]);
  const body =
    bodies.get(key) ?? Buffer.from(begin + piece.repeat((bytes - begin.length - end.length) / piece.length) + end);
  bodies.set(key, body);
  return body;
}
