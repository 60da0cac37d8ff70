import { Injectable, type ArgumentMetadata, type PipeTransform, type Type } from '@nestjs/common';
import { FieldErrors } from './field-errors';
import { UnreadBody } from './read-batch';
import { readDto } from './read-dto';

/** Types that TypeScript's metadata has for a parameter whose type is not a class. */
const NO_DTO = new Set<unknown>([undefined, Object, Array, String, Number, Boolean]);

/**
 * Converts the body, the query and the path of each request to their DTOs, and refuses the request with all errors of
 * one.
 */
@Injectable()
export class RequestValidationPipe implements PipeTransform {
  transform(value: unknown, { type, metatype }: ArgumentMetadata): unknown {
    if (type === 'custom') return value;
    // A request without a body has no fields.
    const part: unknown = value === undefined ? {} : value;
    if (metatype === UnreadBody) return part;
    if (NO_DTO.has(metatype))
      throw new Error(`A parameter of a route that takes the ${type} must have a DTO as its type.`);
    const errors = new FieldErrors(type);
    const dto = readDto(part, metatype as Type<object>, errors);
    errors.assertNone();
    return dto;
  }
}
