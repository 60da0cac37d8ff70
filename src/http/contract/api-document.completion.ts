import type { OpenAPIObject } from '@nestjs/swagger';
import { STATUS_CODES } from 'node:http';
import { problemsOf, SHARED_PROBLEMS, type Operation } from './api-document.problems';

type Responses = Operation['responses'];
type Schemas = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>;
type Schema = Schemas[string];

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** The contract with what holds for all of it, and so stands at no single route. */
export function completed(document: OpenAPIObject): OpenAPIObject {
  for (const path of Object.values(document.paths)) {
    for (const method of METHODS) if (path[method]) complete(path[method], document.components?.schemas ?? {});
  }
  document.components!.responses = Object.fromEntries(
    Object.entries(SHARED_PROBLEMS).map(([name, { status, description }]) => [
      name,
      problemResponse(status, description),
    ]),
  );
  if (document.info.license) delete document.info.license.url;
  return withPreciseTypes(document) as OpenAPIObject;
}

/**
 * Makes types precise where annotations cannot: every number is a whole one, because amounts are strings, and an e-mail
 * address may be in any script (RFC 6531).
 */
function withPreciseTypes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withPreciseTypes);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, preciseType(key, inner)]));
}

function preciseType(key: string, inner: unknown): unknown {
  if (key === 'type' && inner === 'number') return 'integer';
  if (key === 'format' && inner === 'email') return 'idn-email';
  return withPreciseTypes(inner);
}

/** Adds what holds for every operation: a summary, and the problems that it may answer. */
function complete(operation: Operation, schemas: Schemas): void {
  const { description = operation.summary ?? '' } = operation;
  operation.description = description.replace(/\n(?!\n)/g, ' ');
  operation.summary = operation.description.split(/(?<=[.:]) /)[0]?.replace(/[.:]$/, '') ?? '';
  operation.security ??= [];
  if (operation.requestBody && !('$ref' in operation.requestBody)) {
    operation.requestBody.required = needsFields(operation.requestBody.content['application/json']?.schema, schemas);
  }
  const methodName = OPERATION_IDS[operation.operationId ?? ''];
  if (methodName !== undefined) operation.operationId = methodName;
  const responses: Responses = operation.responses;
  for (const [status, general] of Object.entries(problemsOf(operation))) {
    const own = responses[status];
    responses[status] = own
      ? { ...own, description: joined(general, own) }
      : (sharedResponse(general) ?? { description: general });
  }
  for (const [status, response] of Object.entries(responses)) {
    if (Number(status) >= 400 && response && !('$ref' in response)) {
      Object.assign(response, problemResponse(Number(status), response.description));
    } else if (response && 'description' in response && !response.description) {
      response.description = status === '204' ? 'Done; there is nothing to answer.' : 'Done.';
    }
  }
}

/** Whether a body must have fields; one that need not may be left out. */
function needsFields(schema: Schema | undefined, schemas: Schemas): boolean {
  if (schema && '$ref' in schema) return needsFields(schemas[schema.$ref.split('/').at(-1)!], schemas);
  return schema?.oneOf !== undefined || Number(schema?.required?.length) > 0;
}

/** Where a controller's name would make a poor method name in a generated client. */
const OPERATION_IDS: Partial<Record<string, string>> = { 'usersActivity.usersActivity': 'reports.usersActivity' };

function problemResponse(status: number, description: string) {
  const schema = { $ref: '#/components/schemas/ProblemDetails' };
  const content = { 'application/problem+json': { schema, ...exampleOf(status) } };
  return { description, ...(status === 429 && { headers: RATE_LIMIT_HEADERS }), content };
}

/** What comes with a 429, as draft-ietf-httpapi-ratelimit-headers-11 writes it. */
const RATE_LIMIT_HEADERS = {
  'Retry-After': {
    description: 'Seconds to wait before the next attempt.',
    schema: { type: 'integer', minimum: 1 },
    example: 840,
  },
  RateLimit: {
    description: 'The limits that are reached, by name: `r` failures are left for the next `t` seconds.',
    schema: { type: 'string' },
    example: '"login-user-address";r=0;t=840',
  },
  'RateLimit-Policy': {
    description: 'All limits, by name: `q` failures in `w` seconds.',
    schema: { type: 'string' },
    example: '"login-user-address";q=10;w=900, "login-address";q=100;w=900, "login-user";q=50;w=3600',
  },
} as const;

/** The response that operations share, if this is the description of one. */
function sharedResponse(description: string): { $ref: string } | undefined {
  const shared = Object.entries(SHARED_PROBLEMS).find(([, problem]) => problem.description === description);
  return shared && { $ref: `#/components/responses/${shared[0]}` };
}

/** What holds for many operations, and after it what the route says itself. */
function joined(general: string, own: Responses[string]): string {
  const description = own && 'description' in own ? own.description : '';
  return description ? `${general} ${description}` : general;
}

/** A code that a status typically comes with; a 400 has the example of the schema. */
const EXAMPLE_CODES: Partial<Record<number, [code: string, detail: string]>> = {
  401: ['token_invalid', 'This token is not known: it was never given out, or its session has ended.'],
  403: ['privilege_missing', 'This needs the privilege "Users activity".'],
  404: ['role_not_found', 'There is no role with this id.'],
  406: ['not_acceptable', 'The report comes as application/json or text/csv: accept one of them.'],
  408: ['request_timeout', 'The request did not arrive in time: send it again, faster.'],
  409: ['version_outdated', 'Somebody changed this role since you read it.'],
  413: ['body_too_large', 'The body is larger than 1 MiB, the most that is taken here.'],
  415: ['media_type_unsupported', 'Send the body as application/json.'],
  417: ['expectation_failed', 'The only expectation that is met here is "Expect: 100-continue".'],
  422: ['card_number_refused', 'This looks like a full card number or a token, which must never come here.'],
  429: ['too_many_attempts', 'Too many wrong passwords: wait 840 seconds without trying.'],
  431: ['headers_too_large', 'The address and the headers of the request together are larger than 16 KiB.'],
  503: ['database_unavailable', 'The database does not answer; nothing was done. Try again later.'],
};

function exampleOf(status: number): { example?: object } {
  const [code, detail] = EXAMPLE_CODES[status] ?? [];
  if (code === undefined) return {};
  const requestId = '01KAM9W3M8Q6XK2T1N9B7C5D4E';
  return {
    example: {
      type: `urn:problem:${code}`,
      title: STATUS_CODES[status],
      status,
      code,
      detail,
      instance: '/v1/…',
      requestId,
    },
  };
}
