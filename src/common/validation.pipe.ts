import { HttpStatus, ValidationPipe, type ValidationError } from '@nestjs/common';
import { Problem, type FieldProblem } from './problem';

/** Checks every body, query and path against its DTO; an unknown or wrong field is a 400 that names it. */
export function requestValidation(): ValidationPipe {
  return new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    exceptionFactory: (errors) => validationProblem(errors.flatMap((error) => fieldProblems(error, ''))),
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

function fieldProblems(error: ValidationError, parent: string): FieldProblem[] {
  const { property, children = [] } = error;
  const field = /^\d+$/.test(property) ? `${parent}[${property}]` : parent ? `${parent}.${property}` : property;
  return [...ownProblem(error, field.slice(0, 100)), ...children.flatMap((child) => fieldProblems(child, field))];
}

/** The first rule that a field breaks: that it is there, then its type, then the rest. */
function ownProblem(
  { property, value, constraints = {}, contexts = {} }: ValidationError,
  field: string,
): FieldProblem[] {
  const rules = Object.keys(constraints).sort((a, b) => Number(isOfType(b)) - Number(isOfType(a)));
  const [rule] = rules;
  if (rule === undefined) return [];
  if (rule === 'whitelistValidation')
    return [{ field, code: 'field_unknown', message: `There is no field ${field} here.` }];
  if (value === undefined) return [{ field, code: 'required', message: `${field} is required.` }];
  const code = (contexts[rule] as { code?: string } | undefined)?.code ?? codeOf(rule);
  return [{ field, code, message: `${(constraints[rule] ?? '').replace(property, field)}.` }];
}

function isOfType(rule: string): boolean {
  return ['isString', 'isInt', 'isArray', 'isBoolean'].includes(rule);
}

/** Rules of class-validator whose own names would make poor codes. */
const CODES: Partial<Record<string, string>> = {
  min: 'out_of_range',
  max: 'out_of_range',
  isLength: 'length_out_of_range',
  maxLength: 'length_out_of_range',
  minLength: 'length_out_of_range',
  arrayMaxSize: 'too_many',
  arrayMinSize: 'too_few',
  arrayUnique: 'repeated_value',
  isISO31661Alpha2: 'country_unknown',
  isDefined: 'required',
  isInt: 'not_a_whole_number',
  isString: 'not_a_text',
  isBoolean: 'not_a_boolean',
  isArray: 'not_a_list',
  isEmail: 'email_invalid',
  isIn: 'value_unknown',
  matches: 'format_invalid',
};

function codeOf(rule: string): string {
  return CODES[rule] ?? rule.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
