import contract from '../../openapi/openapi.json';
import { OPERATIONS, type DeclaredAnswer, type Operation } from './contract';

/** Returns the codes of the problems that the contract declares for an operation and a status. */
export function declaredCodes({ responses }: Operation, status: number): readonly string[] {
  const [, restriction] = resolved(responses[status])?.content?.['application/problem+json']?.schema.allOf ?? [];
  return (restriction?.properties?.code?.enum ?? []) as readonly string[];
}

/** Returns the names of the headers that the contract declares for an operation and a status, in lower case. */
export function declaredHeaders({ responses }: Operation, status: number): readonly string[] {
  return Object.keys(resolved(responses[status])?.headers ?? {}).map((name) => name.toLowerCase());
}

/**
 * Finds the operation of a route in the contract.
 * @param url URL of the route in Fastify's form, such as `/v1/roles/:id`
 */
export function operationOf(method: string, url: string): Operation | undefined {
  return byRoute.get(`${method.toLowerCase()} ${url.replace(/:(\w+)/g, '{$1}')}`);
}

const byRoute = new Map(OPERATIONS.map((operation) => [`${operation.method} ${operation.path}`, operation]));

function resolved(answer: DeclaredAnswer | undefined): DeclaredAnswer | undefined {
  const name = answer?.$ref?.split('/').at(-1);
  return name === undefined ? answer : (contract.components.responses as Record<string, DeclaredAnswer>)[name];
}
