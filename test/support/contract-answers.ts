import Ajv, { type ErrorObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import contract from '../../openapi/openapi.json';
import { SINGLE_LINE } from '../../src/http/validation/dto-fields';
import { responseOperation, type DeclaredAnswer, type Operation } from './contract';

/** A response of the service. */
export interface ReceivedAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: Buffer;
}

const ajv = new Ajv({ strict: false, allErrors: true, validateSchema: false, verbose: true });
addFormats(ajv);
ajv.addFormat('currency', /^[A-Z]{3}$/);
// An email address of RFC 6531, which can have any script on both sides. ajv-formats does not have this format.
ajv.addFormat('idn-email', /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/);
ajv.addSchema(withoutOtherFields(contract), 'contract');

/** Returns the ways in which a response breaks the contract of its operation. */
export function contractFaults(requested: Operation, answer: ReceivedAnswer): string[] {
  const operation = responseOperation(requested, answer.contentType);
  const declared = declaredAnswer(operation, answer.status);
  if (!declared) return [`the status ${answer.status} is not declared`];
  const content = Object.keys(declared.content);
  if (content.length === 0) return answer.body.length === 0 ? [] : ['a body is not declared'];
  const type = answer.contentType.split(';')[0]!;
  if (!content.includes(type)) return [`the type ${type || '(none)'} is not declared, but ${content.join(' and ')}`];
  const body = type.endsWith('/json') || type.endsWith('+json') ? parse(answer.body) : answer.body.toString();
  const validate = validatorAt([...declared.steps, 'content', type, 'schema']);
  const faults = validate(body)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  return type === 'application/problem+json' ? [...faults, ...problemFaults(body, answer)] : faults;
}

/** Returns the ways in which a body breaks the contract that the service has accepted. */
export function acceptedFaults({ path, method, requestBody }: Operation, sent: string | Buffer | undefined): string[] {
  if (!requestBody) return [];
  if (sent === undefined || sent.length === 0) return requestBody.required ? ['accepted without a body'] : [];
  const validate = validatorAt(['paths', path, method, 'requestBody', 'content', 'application/json', 'schema']);
  const faults = validate(parse(Buffer.from(sent))) ? [] : (validate.errors ?? []);
  return faults
    .filter((fault) => !isOnlyUntrimmed(fault))
    .map(({ instancePath, message }) => `accepted, but ${instancePath} ${message}`);
}

/** Whether a text of a single line breaks the contract only by white space at its ends, which the service removes. */
function isOnlyUntrimmed({ keyword, params, data }: ErrorObject): boolean {
  const isSingleLine = keyword === 'pattern' && params.pattern === SINGLE_LINE.source;
  return isSingleLine && typeof data === 'string' && SINGLE_LINE.test(data.trim());
}

/** Checks the two fields of a problem that repeat others: its status and its type. */
function problemFaults(body: unknown, { status }: ReceivedAnswer): string[] {
  const problem = (body ?? {}) as Partial<Record<string, unknown>>;
  return [
    ...(problem.status === status ? [] : [`the problem says ${String(problem.status)}`]),
    ...(problem.type === `urn:problem:${String(problem.code)}` ? [] : ['type and code differ']),
  ];
}

/** Returns the declaration of a response, and the path to it from the root of the contract. */
function declaredAnswer({ path, method, responses }: Operation, status: number) {
  const own = responses[status];
  if (!own) return undefined;
  const name = own.$ref?.split('/').at(-1);
  if (name === undefined)
    return { content: own.content ?? {}, steps: ['paths', path, method, 'responses', String(status)] };
  const shared = (contract.components.responses as Record<string, DeclaredAnswer>)[name]!;
  return { content: shared.content ?? {}, steps: ['components', 'responses', name] };
}

function validatorAt(steps: readonly string[]): ValidateFunction {
  const pointer = steps.map((step) => encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/');
  const validate = ajv.getSchema(`contract#/${pointer}`);
  if (!validate) throw new Error(`There is no schema at ${steps.join(' / ')}.`);
  return validate;
}

function parse(body: Buffer): unknown {
  try {
    // RFC 8259 allows a parser to ignore a byte order mark, and the parser of the service does.
    return JSON.parse(body.toString().replace(/^\uFEFF/, '')) as unknown;
  } catch {
    return undefined;
  }
}

/**
 * Returns the contract with schemas that forbid additional fields, so that responses cannot have fields that it does
 * not declare.
 */
function withoutOtherFields(document: typeof contract): object {
  const schemas = Object.entries(document.components.schemas).map(([name, schema]) => [
    name,
    'properties' in schema ? { ...schema, additionalProperties: false } : schema,
  ]);
  return { ...document, components: { ...document.components, schemas: Object.fromEntries(schemas) } };
}
