import { HttpStatus } from '@nestjs/common';
import { Problem, type FieldProblem } from './problem';

/** The code of a text that holds a secret, which is the one fault that is no matter of the request's form. */
export const CARD_NUMBER_REFUSED = 'card_number_refused';

/** More than a batch has fields, so that a made-up body cannot make a response without end. */
export const MAX_NAMED_FIELDS = 20_000;

/**
 * The problem of a request with invalid fields. It has their code if they all have the same one, and `validation_failed` otherwise. It
 * is a 400, or a 422 if secrets are all that is wrong.
 * @param errors at least one
 */
export function invalidFields(errors: readonly FieldProblem[]): Problem {
  const [first] = errors;
  const code = first && errors.every((error) => error.code === first.code) ? first.code : 'validation_failed';
  const status = code === CARD_NUMBER_REFUSED ? HttpStatus.UNPROCESSABLE_ENTITY : HttpStatus.BAD_REQUEST;
  const detail = first && errors.length === 1 ? first.message : countFields(errors.length);
  return new Problem(status, code, detail, errors.slice(0, MAX_NAMED_FIELDS));
}

function countFields(count: number): string {
  const rest = count > MAX_NAMED_FIELDS ? `; errors has the first ${MAX_NAMED_FIELDS} of them` : '';
  return `${count} fields are not valid${rest}.`;
}
