import type { OpenAPIObject } from '@nestjs/swagger';
import { last } from '../../lib/elements';
import { declaredProblems } from '../problems/fails.decorator';
import { answerOf, operationIdOf } from './answers.decorator';
import type { DocumentedRoute } from './documented-route';
import { problemResponses } from './problem-responses';
import { requestProblems } from './request-problems';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
type Components = NonNullable<OpenAPIObject['components']>;
type Schemas = NonNullable<Components['schemas']>;
type Schema = Schemas[string];

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/**
 * The contract with what the decorators of its routes declare.
 * @param routes by what the document calls their operations until now
 * @param nameOf what an operation is called that does not name itself
 */
export function completed(
  document: OpenAPIObject,
  routes: ReadonlyMap<string, DocumentedRoute>,
  nameOf: (route: DocumentedRoute) => string,
): OpenAPIObject {
  const components = (document.components ??= {});
  const { schemas = {}, responses = {} } = components;
  components.responses = responses;
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const method of METHODS) {
      const operation = methods[method];
      if (!operation) continue;
      const route = routes.get(operation.operationId ?? '');
      if (!route) throw new Error(`The operation ${method} ${path} belongs to no route of a controller.`);
      operation.operationId = operationIdOf(route.handler) ?? nameOf(route);
      describe(operation, route);
      requireBody(operation, schemas);
      addProblems(operation, route, examplePath(path, operation, schemas), responses);
    }
  }
  if (document.info.license) delete document.info.license.url;
  return withPreciseTypes(document) as OpenAPIObject;
}

/** The first sentence of a method's comment is the summary of its operation, and the rest is the description. */
function describe(operation: Operation, { handler }: DocumentedRoute): void {
  const text = (operation.description ?? operation.summary ?? '').replace(/\n(?!\n)/g, ' ');
  const [summary = ''] = text.split(/(?<=[.:]) |\n+/);
  operation.summary = summary.replace(/[.:]$/, '');
  operation.description = text.slice(summary.length).trim();
  for (const response of Object.values(operation.responses)) {
    if (response && 'description' in response) response.description ||= answerOf(handler) ?? '';
  }
}

/** A body that need not have any field may be left out. */
function requireBody({ requestBody }: Operation, schemas: Schemas): void {
  if (!requestBody || '$ref' in requestBody) return;
  requestBody.required = needsFields(requestBody.content['application/json']?.schema, schemas);
}

function needsFields(schema: Schema | undefined, schemas: Schemas): boolean {
  if (schema && '$ref' in schema) return needsFields(schemas[last(schema.$ref.split('/'))], schemas);
  return schema?.oneOf !== undefined || Number(schema?.required?.length) > 0;
}

function addProblems(
  operation: Operation,
  route: DocumentedRoute,
  path: string,
  shared: NonNullable<Components['responses']>,
): void {
  const isPublic = !operation.security || operation.security.length === 0;
  operation.security ??= [];
  const problems = [...declaredProblems(route.handler, route.controller), ...requestProblems(route, isPublic)];
  Object.assign(operation.responses, problemResponses(problems, path, shared));
}

/** The path of the operation with the examples of its parameters. */
function examplePath(path: string, { parameters = [] }: Operation, schemas: Schemas): string {
  return path.replace(/\{(\w+)\}/g, (_, name) => {
    const parameter = parameters.find((candidate) => 'name' in candidate && candidate.name === name);
    const schema = parameter && 'schema' in parameter ? parameter.schema : undefined;
    const resolved = schema && '$ref' in schema ? schemas[last(schema.$ref.split('/'))] : schema;
    return String((resolved && !('$ref' in resolved) ? resolved.example : undefined) ?? `{${String(name)}}`);
  });
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
