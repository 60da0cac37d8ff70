import type { OpenAPIObject } from '@nestjs/swagger';
import { requestDtos, type DocumentedRoute } from './documented-route';

type Parameters = NonNullable<NonNullable<OpenAPIObject['paths'][string]['get']>['parameters']>;

/** The key of the metadata of a DTO's field. `@nestjs/swagger` does not export it. */
const FIELD_METADATA = 'swagger/apiModelProperties';

/**
 * Gives each parameter whose schema is a reference the example of its field in the DTO. Nest leaves it out, because a schema
 * cannot have an example beside a reference: the parameter has it instead.
 */
export function addExamples(parameters: Parameters, route: DocumentedRoute): void {
  const { path, query } = requestDtos(route);
  for (const parameter of parameters) {
    if (!('name' in parameter) || !parameter.schema || !('$ref' in parameter.schema)) continue;
    const dto = parameter.in === 'path' ? path : query;
    const prototype = (dto?.prototype ?? {}) as object;
    const field = Reflect.getMetadata(FIELD_METADATA, prototype, parameter.name) as { example?: unknown } | undefined;
    if (field?.example !== undefined) parameter.example = field.example;
  }
}
