import type { OpenAPIObject } from '@nestjs/swagger';
import { STATUS_CODES } from 'node:http';
import { AVAILABILITY_PROBLEMS, type OperationProblem } from './request-problems';
import { headerReferences, type ResponseHeader } from './response-headers';

type Responses = NonNullable<OpenAPIObject['components']>['responses'];
type Response = NonNullable<Responses>[string];

/**
 * The codes of responses that many operations have in common. The contract has each such response once, under this
 * name.
 */
const SHARED: Readonly<Record<string, readonly string[]>> = {
  Unauthorized: [
    'api_key_revoked',
    'token_expired',
    'token_invalid',
    'token_malformed',
    'token_missing',
    'user_disabled',
  ],
  RequestTimeout: ['request_timeout'],
  UnsupportedMediaType: ['content_encoding_unsupported', 'media_type_unsupported'],
  ExpectationFailed: ['expectation_failed'],
  HeadersTooLarge: ['headers_too_large'],
  Unavailable: AVAILABILITY_PROBLEMS,
};
/** The path in the examples of shared responses. */
const ANY_PATH = '/v1/…';

/** The first paragraph of a response's description, by status. */
const DESCRIPTIONS: Partial<Record<number, string>> = {
  400: 'The request is invalid. `errors` lists the invalid fields.',
  403: 'The user or API key is not allowed to send this request. Every refused attempt is recorded.',
  404: 'Something that the request refers to does not exist in this account.',
  409: 'The current state does not allow this request.',
  422: 'The request is well-formed, but breaks a business rule.',
  503: [
    'The service or its database is not available. Nothing was changed, except perhaps with `outcome_unknown`. Retry after',
    'the seconds in `Retry-After`.',
  ].join(' '),
};

/** The first paragraph of a response with the problem of a limit, by the problem's code. */
const DESCRIPTIONS_OF_LIMITS: Readonly<Record<string, string>> = {
  too_many_attempts: [
    'There were too many wrong passwords. Wait for the number of seconds in `Retry-After`. The limits are 10 in 15 minutes for',
    'an email address from one IP address, 100 (a setting) in 15 minutes from one IP address, and 50 in an hour for an email',
    'address, then one every 30 seconds. The last limit does not apply to an IP address from which the user has logged in during',
    'the last 30 days. IPv6 addresses are counted by their /64 network.',
  ].join(' '),
  too_many_exports:
    'The account is running as many exports and summaries as it can at once. Wait for the number of seconds in `Retry-After`.',
  too_many_streams: 'The account, or the process, has as many open streams as it can have at once.',
};

/**
 * Returns the problem responses of an operation, by status.
 * @param path path of the operation in the examples
 * @param shared the contract's shared responses; gets those that the operation refers to
 */
export function problemResponses(
  problems: readonly OperationProblem[],
  path: string,
  shared: NonNullable<Responses>,
): NonNullable<Responses> {
  const statuses = [...new Set(problems.map(({ status }) => status))].sort();
  return Object.fromEntries(
    statuses.map((status) => {
      const ofStatus = distinct(problems.filter((problem) => problem.status === status));
      const name = sharedNameOf(ofStatus);
      if (name === undefined) return [status, problemResponse(status, ofStatus, path)];
      shared[name] ??= problemResponse(status, ofStatus, ANY_PATH);
      return [status, { $ref: `#/components/responses/${name}` }];
    }),
  );
}

/** Returns one problem for each code, the first that was declared, sorted by code. */
function distinct(problems: readonly OperationProblem[]): OperationProblem[] {
  const byCode = new Map<string, OperationProblem>();
  for (const problem of problems) if (!byCode.has(problem.code)) byCode.set(problem.code, problem);
  return [...byCode.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
}

/** Returns the name of the shared response that has exactly the codes of these problems. */
function sharedNameOf(problems: readonly OperationProblem[]): string | undefined {
  const codes = problems.map(({ code }) => code).join();
  return Object.entries(SHARED).find(([, shared]) => shared.join() === codes)?.[0];
}

function problemResponse(status: number, problems: readonly OperationProblem[], path: string): Response {
  const schema = {
    allOf: [
      { $ref: '#/components/schemas/ProblemDetails' },
      {
        type: 'object',
        required: ['code'],
        properties: { code: { type: 'string', enum: problems.map(({ code }) => code) } },
      },
    ],
  };
  const examples = Object.fromEntries(problems.map((problem) => [problem.code, { value: example(problem, path) }]));
  return {
    description: describe(status, problems),
    headers: headerReferences(headersOf(status, problems)),
    content: { 'application/problem+json': { schema, examples } },
  };
}

/** Returns the headers that the response of a status has, depending on its problems. */
function headersOf(status: number, problems: readonly OperationProblem[]): ResponseHeader[] {
  const has = (code: string) => problems.some((problem) => problem.code === code);
  return [
    ...(status === 401 ? (['WWW-Authenticate'] as const) : []),
    ...(status === 429 || status === 503 ? (['Retry-After'] as const) : []),
    // The headers of draft-ietf-httpapi-ratelimit-headers-11.
    ...(has('too_many_attempts') ? (['RateLimit', 'RateLimit-Policy'] as const) : []),
    ...(has('content_encoding_unsupported') ? (['Accept-Encoding'] as const) : []),
    'X-Request-Id',
  ];
}

/**
 * Returns the description of a response, which explains each code except for those of fields: their examples explain
 * them.
 */
function describe(status: number, problems: readonly OperationProblem[]): string {
  const explanations = problems
    .filter(({ errors }) => errors === undefined)
    .map(({ code, detail }) => `- \`${code}\`: ${inMarkdown(detail)}`);
  const limits = problems.map(({ code }) => DESCRIPTIONS_OF_LIMITS[code]);
  return [DESCRIPTIONS[status], ...limits, explanations.join('\n')].filter(Boolean).join('\n\n');
}

/** Escapes what Markdown would read as an HTML element. */
function inMarkdown(text: string): string {
  return text.replaceAll('<', '&lt;');
}

function example({ code, status, detail, errors }: OperationProblem, path: string): object {
  return {
    type: `urn:problem:${code}`,
    title: STATUS_CODES[status],
    status,
    code,
    detail,
    instance: path,
    requestId: '01KAM9W3M8Q6XK2T1N9B7C5D4E',
    ...(errors && { errors }),
  };
}
