import { Injectable, HttpStatus, type ArgumentMetadata, type PipeTransform, type Type } from '@nestjs/common';
import { Problem } from './problem';
import { redactText } from './redact';

/** Control characters but for tab and line ends; and halves of characters, which no database can keep. */
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/**
 * Looks at every text of a request before anything else does. One that holds what looks like a full card number or a
 * token is refused, in any field: it must never get further than here. So is one that can't be kept as it is.
 */
@Injectable()
export class RequestTextPipe implements PipeTransform {
  transform(value: unknown, { type, metatype }: ArgumentMetadata): unknown {
    if (type !== 'custom') assertTexts(withoutTakenToken(value, metatype), '', type);
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

/** @param where what to call it when it has no field of its own */
function assertTexts(value: unknown, path: string, where: string): void {
  if (typeof value === 'string' || typeof value === 'number') {
    assertText(String(value), path || where);
    return;
  }
  if (value === null || typeof value !== 'object') return;
  for (const [name, inner] of Object.entries(value)) {
    // A name that is refused is not told: it may be the secret.
    assertText(name, path || where);
    assertTexts(inner, Array.isArray(value) ? `${path}[${name}]` : path ? `${path}.${name}` : name, where);
  }
}

function assertText(text: string, field: string): void {
  if (CONTROL.test(text) || !text.isWellFormed()) {
    throw Problem.badRequest(
      'text_malformed',
      field,
      `${field} must be a text of whole characters, without control characters.`,
    );
  }
  if (redactText(text) === text) return;
  const message =
    'This looks like a full card number or a token, which must never come here: send the payment provider’s token of the card.';
  throw Problem.ofField(HttpStatus.UNPROCESSABLE_ENTITY, 'card_number_refused', field, message);
}
