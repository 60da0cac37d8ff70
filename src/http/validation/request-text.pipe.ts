import { Injectable, HttpStatus, type ArgumentMetadata, type PipeTransform, type Type } from '@nestjs/common';
import { Problem, type FieldProblem } from '../problems/problem';
import { BatchBody } from './batch-body';
import { dottedPath } from './field-path';
import { takesSecret } from './takes-secret.decorator';
import { CARD_NUMBER_REFUSED, longTextFaults, textFaults } from './text-faults';

/**
 * Looks at every text of a request before anything else does. One that holds what looks like a full card number or a
 * token is refused, in any field but those that take a secret: it must never get further than here. A text that can't be
 * stored as it is, is refused in every field.
 */
@Injectable()
export class RequestTextPipe implements PipeTransform {
  transform(value: unknown, { type, metatype }: ArgumentMetadata): unknown {
    if (type === 'custom' || metatype === BatchBody) return value;
    refuse(textFaults(value, type, dottedPath, '', secretFieldsOf(metatype)));
    return value;
  }
}

/** Looks at the long texts of a request, once the validation has found them no longer than their fields take. */
@Injectable()
export class LongTextPipe implements PipeTransform {
  transform(value: unknown, { type, metatype }: ArgumentMetadata): unknown {
    if (type === 'custom' || metatype === BatchBody) return value;
    refuse(longTextFaults(value, type, dottedPath, ''));
    return value;
  }
}

/** Throws the first fault as a problem. */
function refuse(faults: Iterable<FieldProblem>): void {
  for (const { field, code, message } of faults) {
    const status = code === CARD_NUMBER_REFUSED ? HttpStatus.UNPROCESSABLE_ENTITY : HttpStatus.BAD_REQUEST;
    throw Problem.ofField(status, code, field, message);
  }
}

function secretFieldsOf(dto: Type | undefined) {
  return (field: string, text: string) => dto !== undefined && takesSecret(dto, field, text);
}
