import { HttpStatus, ValidationPipe, type ArgumentMetadata } from '@nestjs/common';
import { Problem, type FieldProblem } from '../problems/problem';
import { BatchBody } from './batch-body';
import { dottedPath } from './field-path';
import { FIELD_RULES, fieldProblems } from './field-problems';

/** Leaves a batch to whoever reads it, and takes only an object for a body: of a list it would check every item. */
class RequestValidation extends ValidationPipe {
  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    if (metadata.type === 'body' && value !== undefined && !isObject && this.toValidate(metadata))
      throw new Problem(HttpStatus.BAD_REQUEST, 'not_an_object', 'The body must be an object.');
    return (await super.transform(value, metadata)) as unknown;
  }

  protected override toValidate(metadata: ArgumentMetadata): boolean {
    return metadata.metatype !== BatchBody && super.toValidate(metadata);
  }
}

/** Checks every body, query and path against its DTO; an unknown or wrong field is a 400 that names it. */
export function requestValidation(): ValidationPipe {
  return new RequestValidation({
    transform: true,
    ...FIELD_RULES,
    exceptionFactory: (errors) => validationProblem(errors.flatMap((error) => fieldProblems(error, '', dottedPath))),
  });
}

/** An answer names no more; how many there are is in its detail. */
const MAX_ERRORS = 50;

/** The problem of a request with wrong fields: of one field it has that field's code, of several `validation_failed`. */
function validationProblem(errors: FieldProblem[]): Problem {
  const [first, second] = errors;
  if (first && !second) return new Problem(HttpStatus.BAD_REQUEST, first.code, first.message, errors);
  return new Problem(
    HttpStatus.BAD_REQUEST,
    'validation_failed',
    `${errors.length} fields are not valid.`,
    errors.slice(0, MAX_ERRORS),
  );
}
