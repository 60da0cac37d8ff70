import type { OpenAPIObject } from '@nestjs/swagger';
import { tooLargeMessage } from '../problems/body-too-large';
import { DEFAULT_BODY_LIMIT, PUBLIC_BODY_LIMIT } from '../server/body-limit.decorator';

/** An operation of the contract, with what the decorators of its route say beside. */
export type Operation = NonNullable<OpenAPIObject['paths'][string]['get']> & {
  readonly 'x-privileges'?: readonly string[];
  readonly 'x-people-only'?: boolean;
  readonly 'x-before-password-change'?: boolean;
};

/** The problems that are the same wherever they occur: the contract has each once, by these names. */
export const SHARED_PROBLEMS = {
  Unauthorized: { status: 401, description: 'No token, or one that is not valid any more.' },
  RequestTimeout: { status: 408, description: 'The body did not arrive in time: `request_timeout`.' },
  UnsupportedMediaType: {
    status: 415,
    description: 'The body is not JSON (`media_type_unsupported`), or compressed (`content_encoding_unsupported`).',
  },
  ExpectationFailed: {
    status: 417,
    description: 'The Expect header asks for something other than `100-continue`: `expectation_failed`.',
  },
  HeadersTooLarge: { status: 431, description: 'The address and the headers are too large: `headers_too_large`.' },
  Unavailable: { status: 503, description: 'The database is away: nothing was done. Try again after Retry-After.' },
} as const;

/** The problems that follow from what an operation takes and who may call it, by status; a route's own come beside them. */
export function problemsOf(operation: Operation): Record<string, string> {
  const { operationId = '', requestBody, parameters = [], responses } = operation;
  const isOpen = !operation.security || operation.security.length === 0;
  const isInfallible = operationId === 'health.live' || operationId === 'metrics.read';
  const takesBody = requestBody !== undefined;
  const takesInput = takesBody || parameters.length > 0;
  const isAbout = parameters.some((parameter) => 'in' in parameter && parameter.in === 'path');
  const isRepeatable = parameters.some((parameter) => 'name' in parameter && parameter.name === 'Idempotency-Key');
  const problems: Record<string, string | false | undefined> = {
    400: takesInput ? 'The request is malformed; `errors` names each wrong field.' : 'The request is malformed.',
    401:
      operationId === 'auth.login'
        ? 'The e-mail or the password is wrong.'
        : !isOpen && SHARED_PROBLEMS.Unauthorized.description,
    403: !isOpen && accessRule(operation),
    404: isAbout && 'It does not exist, or not in this account.',
    408: takesBody && SHARED_PROBLEMS.RequestTimeout.description,
    409: isRepeatable && 'A request with the same Idempotency-Key is under way: `idempotency_key_in_use`.',
    413: takesBody && !('413' in responses) && tooLargeMessage(isOpen ? PUBLIC_BODY_LIMIT : DEFAULT_BODY_LIMIT),
    415: takesBody && SHARED_PROBLEMS.UnsupportedMediaType.description,
    417: SHARED_PROBLEMS.ExpectationFailed.description,
    422: unprocessable(takesBody, takesInput, isRepeatable),
    429: TAKES_PASSWORD.includes(operationId) && TOO_MANY_ATTEMPTS,
    431: SHARED_PROBLEMS.HeadersTooLarge.description,
    503: !isInfallible && SHARED_PROBLEMS.Unavailable.description,
  };
  return Object.fromEntries(Object.entries(problems).filter((entry): entry is [string, string] => Boolean(entry[1])));
}

/** What counts wrong passwords. */
const TAKES_PASSWORD = ['auth.login', 'ownPassword.change'];

const TOO_MANY_ATTEMPTS = [
  'Too many wrong passwords, of anybody: `too_many_attempts`; wait for as long as Retry-After says. The limits are 10 in 15',
  'minutes of an e-mail from one address, 100 (a setting) in 15 minutes from one address over all e-mails, and 50 in an hour',
  'of an e-mail over all addresses, then one each 30 seconds. The last one does not hold for an address from which the user',
  'has logged in during the last 30 days. An IPv6 address counts together with its /64.',
].join(' ');

/** Whom the access rule of an operation refuses, by code. */
function accessRule(operation: Operation): string {
  const isPeopleOnly = operation['x-people-only'] === true;
  const privileges = operation['x-privileges']?.map((privilege) => `\`${privilege}\``).join(' or ');
  const refused = [
    privileges !== undefined && `\`privilege_missing\` without ${privileges}`,
    isPeopleOnly && '`session_required` with an API key',
    !operation['x-before-password-change'] && '`password_change_required` while the password is somebody else’s choice',
    '`network_not_allowed` with an API key from outside of its networks',
  ];
  return `Not allowed: ${refused.filter(Boolean).join('; ')}. All but the last are recorded.`;
}

function unprocessable(takesBody: boolean, takesInput: boolean, isRepeatable: boolean): string | false {
  const secret = 'What looks like a full card number or a token: `card_number_refused`.';
  const rule = 'A rule is broken that is no matter of form; `errors` name the field.';
  const reused = 'With an Idempotency-Key of another request: `idempotency_key_reused`.';
  return takesInput && [takesBody && rule, secret, isRepeatable && reused].filter(Boolean).join(' ');
}
