import type { Type } from '@nestjs/common';
import { getMetadataStorage } from 'class-validator';

/** The query parameters by which the next page of a list is requested. */
export interface NextPageParameters {
  /** The parameter for the cursor. */
  readonly cursor: string;
  /** The parameters that a cursor replaces. */
  readonly replaced: readonly string[];
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** How the next page is requested; undefined if the route returns no pages. */
    readonly nextPage?: NextPageParameters | undefined;
  }
}

/** The parameters of lists. */
export const BY_CURSOR: NextPageParameters = { cursor: 'cursor', replaced: [] };
/** The parameters of the feed. */
const BY_AFTER: NextPageParameters = { cursor: 'after', replaced: ['start', 'recordedSince'] };

/** Returns how the next page of a query is requested; undefined if its route returns no pages. */
export function nextPageParameters(query: Type): NextPageParameters | undefined {
  const rules = getMetadataStorage().getTargetValidationMetadatas(query, '', false, false);
  const names = new Set(rules.map(({ propertyName }) => propertyName));
  return names.has('limit') ? [BY_CURSOR, BY_AFTER].find(({ cursor }) => names.has(cursor)) : undefined;
}
