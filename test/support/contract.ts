import contract from '../../openapi/openapi.json';

/** The part of a request schema that the tests use. */
interface Schema {
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly example?: unknown;
  readonly enum?: readonly unknown[];
}

/** A parameter of an operation. */
export interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: Schema;
}

interface Content {
  readonly schema: Schema;
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
}

/** The content of a declared response, or a reference to a response that operations share. */
export interface DeclaredAnswer {
  readonly $ref?: string;
  readonly headers?: Readonly<Record<string, object>>;
  readonly content?: Readonly<Record<string, { readonly schema: Schema }>>;
}

interface Described {
  readonly operationId: string;
  /** The operations whose responses this one also returns, by media type: see `responseOperation`. */
  readonly 'x-exports'?: Readonly<Record<string, string>>;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly required?: boolean; readonly content: { readonly 'application/json': Content } };
  readonly responses: Readonly<Record<string, DeclaredAnswer>>;
}

/** An operation of the committed contract. */
export interface Operation extends Described {
  readonly method: string;
  readonly path: string;
}

export const OPERATIONS: readonly Operation[] = Object.entries(
  contract.paths as Record<string, Record<string, Described>>,
).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ method, path, ...operation })));

/**
 * Returns the operation that declares a successful response. For convenience, the operation of the JSON report returns the
 * responses of other operations too; it does not declare them, so that the type of its response in a client is a page.
 */
export function responseOperation(operation: Operation, contentType: string): Operation {
  const id = operation['x-exports']?.[contentType.split(';')[0]!];
  return OPERATIONS.find(({ operationId }) => operationId === id) ?? operation;
}

/** Returns a value that the schema allows, from its examples. */
export function exampleOf(schema: Schema): unknown {
  const { type, properties, items, example, enum: values } = resolved(schema);
  if (properties) {
    return Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, exampleOf(property)]));
  }
  if (type === 'array') return Array.isArray(example) && example.length > 0 ? example : [exampleOf(items ?? {})];
  return example ?? values?.[0] ?? (type === 'integer' ? 1 : 'text');
}

/** Returns the path of an operation with the examples of its required parameters. */
export function exampleAddress({ path, parameters = [] }: Operation): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name) => {
    const parameter = parameters.find((candidate) => candidate.name === name);
    return encodeURIComponent(String(exampleOf(parameter?.schema ?? {})));
  });
  const query = parameters
    .filter((parameter) => parameter.in === 'query' && parameter.required === true)
    .flatMap(({ name, schema }) => [exampleOf(schema)].flat().map((value): [string, string] => [name, String(value)]));
  return query.length === 0 ? filled : `${filled}?${new URLSearchParams(query).toString()}`;
}

/** Returns the body that Swagger UI fills in: the example of the operation, or else the examples of its fields. */
export function prefilledBody(operation: Described): unknown {
  const [example] = Object.values(operation.requestBody?.content['application/json'].examples ?? {});
  return example?.value ?? exampleBody(operation);
}

/** Returns a body of an operation with the examples of all fields. */
export function exampleBody({ requestBody }: Described): unknown {
  return requestBody && exampleOf(requestBody.content['application/json'].schema);
}

function resolved(schema: Schema): Schema {
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map(resolved), schema, { allOf: undefined }) as Schema;
  if (schema.oneOf) return resolved(schema.oneOf[0]!);
  if (!schema.$ref) return schema;
  const name = schema.$ref.split('/').at(-1)!;
  return resolved((contract.components.schemas as Record<string, Schema>)[name]!);
}

/** Yields copies of a value, in each of which another text is replaced, with the path of that text. */
export function withEachText(
  value: unknown,
  text: string,
  path = '',
): { readonly path: string; readonly changed: unknown }[] {
  if (typeof value === 'string') return [{ path, changed: text }];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    withEachText(inner, text, `${path}/${key}`).map(({ path: inside, changed }) => ({
      path: inside,
      changed: Array.isArray(value)
        ? value.map((item: unknown, index) => (String(index) === key ? changed : item))
        : { ...value, [key]: changed },
    })),
  );
}
