import type { OpenAPIObject } from '@nestjs/swagger';
import { last } from '../../lib/elements';
import { declaredProblems } from '../problems/fails.decorator';
import { answerOf, operationIdOf } from './answers.decorator';
import type { DocumentedRoute } from './documented-route';
import { addExamples } from './parameter-examples';
import { inDeclaredOrder } from './parameter-order';
import { problemResponses } from './problem-responses';
import { requestProblems } from './request-problems';
import { headerReferences, RESPONSE_HEADERS, sentHeadersOf } from './response-headers';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
type Components = NonNullable<OpenAPIObject['components']>;
type Schemas = NonNullable<Components['schemas']>;
type Schema = Schemas[string];

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/**
 * Adds to the contract what the decorators of the routes declare: operation ids, descriptions and problems.
 * @param routes the routes by `routeKey`, which is the operation id of each until this function replaces it
 * @param nameOf returns the operation id of a route without `@OperationId`
 */
export function completeDocument(
  document: OpenAPIObject,
  routes: ReadonlyMap<string, DocumentedRoute>,
  nameOf: (route: DocumentedRoute) => string,
): OpenAPIObject {
  const components = (document.components ??= {});
  const { schemas = {}, responses = {} } = components;
  components.responses = responses;
  components.headers = { ...RESPONSE_HEADERS };
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const method of METHODS) {
      const operation = methods[method];
      if (!operation) continue;
      const route = routes.get(operation.operationId ?? '');
      if (!route) throw new Error(`The operation ${method} ${path} belongs to no route of a controller.`);
      operation.operationId = operationIdOf(route.handler) ?? nameOf(route);
      describe(operation, route);
      addHeaders(operation, route, schemas);
      if (operation.parameters) {
        addExamples(operation.parameters, route);
        operation.parameters = inDeclaredOrder(operation.parameters, route);
      }
      requireBody(operation, schemas);
      addProblems(operation, route, path, { schemas, responses });
    }
  }
  if (document.info.license) delete document.info.license.url;
  return withPreciseTypes(document) as OpenAPIObject;
}

/**
 * Splits the comment of a route: its first sentence is the summary of the operation, and the rest is the description.
 */
function describe(operation: Operation, { handler }: DocumentedRoute): void {
  const text = (operation.description ?? operation.summary ?? '').replace(/\n(?!\n)/g, ' ');
  const [summary = ''] = text.split(/(?<=[.:]) |\n+/);
  operation.summary = summary.replace(/[.:]$/, '');
  operation.description = text.slice(summary.length).trim();
  for (const response of Object.values(operation.responses)) {
    if (response && 'description' in response) response.description ||= answerOf(handler) ?? '';
  }
}

/** Adds the headers of the successful response. Those of problems are added with the problems. */
function addHeaders({ responses }: Operation, { handler }: DocumentedRoute, schemas: Schemas): void {
  for (const response of Object.values(responses)) {
    if (!response || '$ref' in response) continue;
    const isList = Object.values(response.content ?? {}).some(({ schema }) => isPage(schema, schemas));
    const names = [...sentHeadersOf(handler), ...(isList ? (['Link'] as const) : []), 'X-Request-Id'] as const;
    response.headers = { ...response.headers, ...headerReferences(names) };
  }
}

/** Returns whether a response is a page of a list. */
function isPage(schema: Schema | undefined, schemas: Schemas): boolean {
  if (schema && '$ref' in schema) return isPage(schemas[last(schema.$ref.split('/'))], schemas);
  return schema?.properties?.nextCursor !== undefined;
}

/** Marks a body as required unless all of its fields are optional. */
function requireBody({ requestBody }: Operation, schemas: Schemas): void {
  if (!requestBody || '$ref' in requestBody) return;
  requestBody.required = needsFields(requestBody.content['application/json']?.schema, schemas);
}

function needsFields(schema: Schema | undefined, schemas: Schemas): boolean {
  if (schema && '$ref' in schema) return needsFields(schemas[last(schema.$ref.split('/'))], schemas);
  return schema?.oneOf !== undefined || Number(schema?.required?.length) > 0;
}

/** @param path path of the operation in the contract */
function addProblems(
  operation: Operation,
  route: DocumentedRoute,
  path: string,
  { schemas, responses }: Required<Pick<Components, 'schemas' | 'responses'>>,
): void {
  const isPublic = !operation.security || operation.security.length === 0;
  operation.security ??= [];
  const problems = [...declaredProblems(route.handler, route.controller), ...requestProblems(route, path, isPublic)];
  Object.assign(operation.responses, problemResponses(problems, examplePath(path, operation, schemas), responses));
}

/** Returns the path of the operation with the examples of its parameters in place of their names. */
function examplePath(path: string, { parameters = [] }: Operation, schemas: Schemas): string {
  return path.replace(/\{(\w+)\}/g, (_, name) => {
    const parameter = parameters.find((candidate) => 'name' in candidate && candidate.name === name);
    const schema = parameter && 'schema' in parameter ? parameter.schema : undefined;
    const resolved = schema && '$ref' in schema ? schemas[last(schema.$ref.split('/'))] : schema;
    return String((resolved && !('$ref' in resolved) ? resolved.example : undefined) ?? `{${String(name)}}`);
  });
}

/**
 * Copies the document with types that annotations cannot express: every number is an integer of 32 bits, because amounts
 * are strings, and an email address can be in any script (RFC 6531).
 */
function withPreciseTypes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withPreciseTypes);
  if (value === null || typeof value !== 'object') return value;
  const fields = Object.entries(value).map(([key, inner]) => [key, preciseType(key, inner)]);
  return Object.fromEntries(isNumber(value) ? [['format', 'int32'], ...fields] : fields);
}

function isNumber({ type }: { readonly type?: unknown }): boolean {
  return type === 'number' || type === 'integer';
}

function preciseType(key: string, inner: unknown): unknown {
  if (key === 'type' && inner === 'number') return 'integer';
  if (key === 'format' && inner === 'email') return 'idn-email';
  return withPreciseTypes(inner);
}
