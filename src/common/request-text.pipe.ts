import { Injectable, HttpStatus, type ArgumentMetadata, type PipeTransform, type Type } from '@nestjs/common';
import { BatchBody } from './batch-body';
import { dottedPath } from './field-path';
import { Problem } from './problem';
import { CARD_NUMBER_REFUSED, textFaults } from './text-faults';

/**
 * Looks at every text of a request before anything else does. One that holds what looks like a full card number or a
 * token is refused, in any field: it must never get further than here. So is one that can't be kept as it is.
 */
@Injectable()
export class RequestTextPipe implements PipeTransform {
  transform(value: unknown, { type, metatype }: ArgumentMetadata): unknown {
    if (type === 'custom' || metatype === BatchBody) return value;
    for (const { field, code, message } of textFaults(withoutTakenToken(value, metatype), type, dottedPath, '')) {
      const status = code === CARD_NUMBER_REFUSED ? HttpStatus.UNPROCESSABLE_ENTITY : HttpStatus.BAD_REQUEST;
      throw Problem.ofField(status, code, field, message);
    }
    return value;
  }
}

const TAKEN_TOKEN = Symbol('taken token');

/** The one field of a body that takes a token of this service, in this form; anywhere else its text is refused. */
export function TakesToken(form: RegExp): PropertyDecorator {
  return (dto, field) => {
    Reflect.defineMetadata(TAKEN_TOKEN, { field, form }, dto);
  };
}

function withoutTakenToken(value: unknown, dto: Type | undefined): unknown {
  const taken = dto && (Reflect.getMetadata(TAKEN_TOKEN, dto.prototype as object) as TakenToken | undefined);
  if (!taken || typeof value !== 'object' || value === null) return value;
  const { [taken.field]: token, ...rest } = value as Record<string, unknown>;
  return typeof token === 'string' && taken.form.test(token) ? rest : value;
}

interface TakenToken {
  readonly field: string;
  readonly form: RegExp;
}
