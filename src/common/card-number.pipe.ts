import { HttpStatus, Injectable, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import { Problem } from './problem';
import { redactText } from './redact';

/** No request here is nested deeper; recursion must not reach the end of the stack. */
const MAX_DEPTH = 20;

/** Refuses every request that holds what looks like a full card number, in any field: it must never get further than here. */
@Injectable()
export class CardNumberPipe implements PipeTransform {
  transform(value: unknown, { type }: ArgumentMetadata): unknown {
    if (type === 'custom') return value;
    const field = fieldWithSecret(value, '', 0);
    if (field === undefined) return value;
    const message =
      'This looks like a full card number or a token, which must never come here: send the payment provider’s token of the card.';
    throw Problem.ofField(HttpStatus.UNPROCESSABLE_ENTITY, 'card_number_refused', field || type, message);
  }
}

/** The path of the first field whose name or value has to be masked; the name itself is not told when it is the secret. */
function fieldWithSecret(value: unknown, path: string, depth: number): string | undefined {
  if (depth > MAX_DEPTH) throw Problem.badRequest('body_too_deep', 'body', 'The body is nested too deep.');
  if (typeof value === 'string' || typeof value === 'number') return holdsSecret(String(value)) ? path : undefined;
  if (value === null || typeof value !== 'object') return undefined;
  for (const [name, inner] of Object.entries(value)) {
    if (holdsSecret(name)) return path;
    const inside = Array.isArray(value) ? `${path}[${name}]` : path ? `${path}.${name}` : name;
    const found = fieldWithSecret(inner, inside, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

function holdsSecret(text: string): boolean {
  return redactText(text) !== text;
}
