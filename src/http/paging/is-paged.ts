import type { Type } from '@nestjs/common';
import { getMetadataStorage } from 'class-validator';

/** Returns whether a query has a cursor, so that its route returns pages of a list. */
export function isPaged(query: Type): boolean {
  const rules = getMetadataStorage().getTargetValidationMetadatas(query, '', false, false);
  return rules.some(({ propertyName }) => propertyName === 'cursor');
}
