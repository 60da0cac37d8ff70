import { Injectable, type ArgumentMetadata, type PipeTransform, type Type } from '@nestjs/common';
import { Faults } from './faults';
import { UnreadBody } from './read-batch';
import { readDto } from './read-dto';

/** What TypeScript notes of a parameter that has no class of its own. */
const NO_DTO = new Set<unknown>([undefined, Object, Array, String, Number, Boolean]);

/** Makes DTOs of every body, query and path, and refuses a request with everything that is wrong with one of them. */
@Injectable()
export class RequestValidationPipe implements PipeTransform {
  transform(value: unknown, { type, metatype }: ArgumentMetadata): unknown {
    if (type === 'custom') return value;
    // A request without a body has no fields.
    const part: unknown = value === undefined ? {} : value;
    if (metatype === UnreadBody) return part;
    if (NO_DTO.has(metatype))
      throw new Error(`A parameter of a route that takes the ${type} must have a DTO as its type.`);
    const faults = new Faults(type);
    const dto = readDto(part, metatype as Type<object>, faults);
    faults.assertNone();
    return dto;
  }
}
