import type { OpenAPIObject } from '@nestjs/swagger';
import { STATUS_CODES } from 'node:http';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
type Responses = Operation['responses'];

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** The contract with what holds for all of it, and so stands at no single route. */
export function completed(document: OpenAPIObject): OpenAPIObject {
  for (const path of Object.values(document.paths)) {
    for (const method of METHODS) if (path[method]) complete(path[method]);
  }
  if (document.info.license) delete document.info.license.url;
  return wholeNumbers(document) as OpenAPIObject;
}

/** Every number of the contract is a whole one; amounts are texts. */
function wholeNumbers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(wholeNumbers);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      key === 'type' && inner === 'number' ? 'integer' : wholeNumbers(inner),
    ]),
  );
}

/** Adds what holds for every operation: a summary, and the problems that it may answer. */
function complete(operation: Operation): void {
  const { description = operation.summary ?? '' } = operation;
  operation.description = description.replace(/\n(?!\n)/g, ' ');
  operation.summary = operation.description.split(/(?<=[.:]) /)[0]?.replace(/[.:]$/, '') ?? '';
  operation.security ??= [];
  operation.operationId = OPERATION_IDS[operation.operationId ?? ''] ?? operation.operationId;
  const isOpen = operation.security.length === 0;
  const isRecorded = operation.operationId !== 'health.live' && operation.operationId !== 'metrics.read';
  const inPath = operation.parameters?.some((parameter) => 'in' in parameter && parameter.in === 'path');
  const takesInput = operation.requestBody !== undefined || Number(operation.parameters?.length) > 0;
  const isRepeatable = operation.parameters?.some(
    (parameter) => 'name' in parameter && parameter.name === 'Idempotency-Key',
  );
  const problems: Record<string, string | false | undefined> = {
    400: takesInput && 'The request is malformed; `errors` names each wrong field.',
    401:
      operation.operationId === 'auth.login'
        ? 'The e-mail or the password is wrong.'
        : !isOpen && 'No token, or one that is not valid any more.',
    403:
      'x-privileges' in operation
        ? `It needs the privilege ${privilegesOf(operation)}; the attempt is recorded.`
        : !isOpen && operation.operationId !== 'auth.me' && PERSON_NEEDED,
    404:
      (inPath === true || operation.operationId === 'reports.usersActivity') &&
      'It does not exist, or not in this account.',
    406: operation.operationId === 'reports.usersActivity' && 'The client accepts neither JSON nor CSV.',
    409: isRepeatable && 'A request with the same Idempotency-Key is under way: `idempotency_key_in_use`.',
    422:
      operation.requestBody !== undefined &&
      `A rule is broken that is no matter of form; \`errors\` name the field.${isRepeatable ? REUSED : ''}`,
    429:
      TAKES_PASSWORD.includes(operation.operationId ?? '') &&
      'Too many wrong passwords: wait for as long as Retry-After says.',
    503: isRecorded && 'The database is away: nothing was done. Try again after Retry-After.',
  };
  const responses: Responses = operation.responses;
  for (const [status, description] of Object.entries(problems)) {
    if (description) responses[status] ??= { description };
  }
  for (const [status, response] of Object.entries(responses)) {
    if (Number(status) >= 400 && response && !('$ref' in response)) {
      const schema = { $ref: '#/components/schemas/ProblemDetails' };
      response.content = { 'application/problem+json': { schema, ...exampleOf(Number(status)) } };
    } else if (response && 'description' in response && !response.description) {
      response.description = status === '204' ? 'Done; there is nothing to answer.' : 'Done.';
    }
  }
}

/** What counts wrong passwords. */
const TAKES_PASSWORD = ['auth.login', 'ownPassword.change'];

const PERSON_NEEDED =
  'A password that somebody else chose must be changed first (`password_change_required`), or an API key can not do this (`session_required`).';
const REUSED = ' With an Idempotency-Key of another request: `idempotency_key_reused`.';

/** Where a controller's name would make a poor method name in a generated client. */
const OPERATION_IDS: Partial<Record<string, string>> = { 'usersActivity.usersActivity': 'reports.usersActivity' };

/** The type of an operation knows no extensions; this one is there, put by @RequirePrivilege. */
function privilegesOf(operation: Operation): string {
  const privileges = (operation as unknown as { 'x-privileges': string[] })['x-privileges'];
  return privileges.map((privilege) => `\`${privilege}\``).join(' or ');
}

/** A code that a status typically comes with; a 400 has the example of the schema. */
const EXAMPLE_CODES: Partial<Record<number, [code: string, detail: string]>> = {
  401: ['token_invalid', 'This token is not known: it was never given out, or its session has ended.'],
  403: ['privilege_missing', 'This needs the privilege "Users activity".'],
  404: ['role_not_found', 'There is no role with this id.'],
  406: ['not_acceptable', 'The report comes as application/json or text/csv: accept one of them.'],
  409: ['version_outdated', 'Somebody changed this role since you read it.'],
  422: ['card_number_refused', 'This looks like a full card number or a token, which must never come here.'],
  429: ['too_many_attempts', 'Too many wrong passwords: wait 840 seconds without trying.'],
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
