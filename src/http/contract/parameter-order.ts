import type { Type } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';
import { getMetadataStorage } from 'class-validator';
import { requestDtos, type DocumentedRoute } from './documented-route';

type Parameters = NonNullable<NonNullable<OpenAPIObject['paths'][string]['get']>['parameters']>;

/**
 * Returns the parameters of a route in the order in which its DTOs declare them: those of the path, those of the query,
 * then headers. Inherited fields come last, so paging comes after the filters.
 */
export function inDeclaredOrder(parameters: Parameters, route: DocumentedRoute): Parameters {
  const { path, query } = requestDtos(route);
  const order = [path, query].flatMap((dto) => (dto ? declaredFields(dto) : []));
  const place = (parameter: Parameters[number]) => {
    const found = 'name' in parameter ? order.indexOf(parameter.name) : -1;
    return found < 0 ? order.length : found;
  };
  return [...parameters].sort((a, b) => place(a) - place(b));
}

/** Returns the fields of a DTO. Each has a validation rule, and class-validator keeps the rules in declared order. */
function declaredFields(dto: Type): string[] {
  const rules = getMetadataStorage().getTargetValidationMetadatas(dto, dto.name, true, false);
  return rules.map(({ propertyName }) => propertyName);
}
