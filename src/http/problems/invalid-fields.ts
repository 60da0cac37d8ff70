import { HttpStatus } from '@nestjs/common';
import { Problem, type FieldProblem } from './problem';

/** The code of a text that contains a secret. It is the only validation error with status 422 instead of 400. */
export const CARD_NUMBER_REFUSED = 'card_number_refused';

/** The maximum number of errors in a response: more than a batch has fields, and a bound for malicious bodies. */
export const MAX_NAMED_FIELDS = 20_000;

/**
 * Creates the problem of a request with invalid fields. Its code is the one that all errors have in common, or else
 * `validation_failed`. Its status is 400, or 422 if all errors are secrets.
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
