import type { ValidationError, ValidatorOptions } from 'class-validator';
import type { FieldProblem } from '../problems/problem';
import type { FieldPath } from './field-path';

/** What is checked against a DTO has its fields and no others. */
export const FIELD_RULES = {
  whitelist: true,
  forbidNonWhitelisted: true,
  forbidUnknownValues: true,
} satisfies ValidatorOptions;

/** The problems of a field and of what is in it. */
export function fieldProblems(error: ValidationError, parent: string, path: FieldPath): FieldProblem[] {
  const { property, children = [] } = error;
  const field = path(parent, property);
  return [...ownProblem(error, field.slice(0, 100)), ...children.flatMap((child) => fieldProblems(child, field, path))];
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
  return ['isString', 'isInt', 'isArray', 'isBoolean', 'isObject'].includes(rule);
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
  isObject: 'not_an_object',
  isEmail: 'email_invalid',
  isIp: 'ip_address_invalid',
  isIn: 'value_unknown',
  matches: 'format_invalid',
};

/** The code of a rule of class-validator. */
export function codeOf(rule: string): string {
  return CODES[rule] ?? rule.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
