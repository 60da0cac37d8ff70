import Ajv, { type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import contract from '../../openapi/openapi.json';
import type { DeclaredAnswer, Operation } from './contract';

/** An answer as it came. */
export interface ReceivedAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: Buffer;
}

const ajv = new Ajv({ strict: false, allErrors: true, validateSchema: false });
addFormats(ajv);
ajv.addFormat('currency', /^[A-Z]{3}$/);
// Of RFC 6531, which ajv-formats does not know: what is not ASCII may stand on both sides.
ajv.addFormat('idn-email', /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/);
ajv.addSchema(withoutOtherFields(contract), 'contract');

/** What an answer has that the contract does not say of its operation; nothing, if all is well. */
export function contractFaults(operation: Operation, answer: ReceivedAnswer): string[] {
  const declared = declaredAnswer(operation, answer.status);
  if (!declared) return [`the status ${answer.status} is not declared`];
  const content = Object.keys(declared.content);
  if (content.length === 0) return answer.body.length === 0 ? [] : ['a body is not declared'];
  const type = answer.contentType.split(';')[0]!;
  if (!content.includes(type)) return [`the type ${type || '(none)'} is not declared, but ${content.join(' and ')}`];
  const body = type.endsWith('json') ? parsed(answer.body) : answer.body.toString();
  const validate = validatorAt([...declared.steps, 'content', type, 'schema']);
  const faults = validate(body)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  return type === 'application/problem+json' ? [...faults, ...problemFaults(body, answer)] : faults;
}

/** What the contract forbids about a body that the service accepted. */
export function acceptedFaults({ path, method, requestBody }: Operation, sent: string | Buffer | undefined): string[] {
  if (!requestBody) return [];
  if (sent === undefined || sent.length === 0) return requestBody.required ? ['accepted without a body'] : [];
  const validate = validatorAt(['paths', path, method, 'requestBody', 'content', 'application/json', 'schema']);
  const faults = validate(parsed(Buffer.from(sent))) ? [] : (validate.errors ?? []);
  return faults.map(({ instancePath, message }) => `accepted, but ${instancePath} ${message}`);
}

/** A problem says its status and its code twice, and is about the request that was sent. */
function problemFaults(body: unknown, { status }: ReceivedAnswer): string[] {
  const problem = (body ?? {}) as Partial<Record<string, unknown>>;
  return [
    ...(problem.status === status ? [] : [`the problem says ${String(problem.status)}`]),
    ...(problem.type === `urn:problem:${String(problem.code)}` ? [] : ['type and code differ']),
  ];
}

/** What the contract says of an answer, and the steps to it from the contract's root. */
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

function parsed(body: Buffer): unknown {
  try {
    // RFC 8259 lets a parser ignore a byte order mark, and the service's does.
    return JSON.parse(body.toString().replace(/^\uFEFF/, '')) as unknown;
  } catch {
    return undefined;
  }
}

/** The contract, in which no object has fields that it does not name: an answer must not have more either. */
function withoutOtherFields(document: typeof contract): object {
  const schemas = Object.entries(document.components.schemas).map(([name, schema]) => [
    name,
    'properties' in schema ? { ...schema, additionalProperties: false } : schema,
  ]);
  return { ...document, components: { ...document.components, schemas: Object.fromEntries(schemas) } };
}
