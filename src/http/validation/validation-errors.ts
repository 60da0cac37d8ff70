import type { ValidationError } from 'class-validator';
import { within, type RequestField } from '../problems/request-field';
import { FIELD_UNKNOWN } from './check-texts';
import type { FieldErrors } from './field-errors';
import { textOfBrokenRule } from './rule-texts';

/** Adds the errors that class-validator has found in a field and in the fields inside it. */
export function addValidationErrors(error: ValidationError, parent: RequestField, errors: FieldErrors): void {
  const field = within(parent, error.property);
  addFirstError(error, field, errors);
  for (const child of error.children ?? []) addValidationErrors(child, field, errors);
}

/**
 * Adds one error for a field that breaks rules: that it is missing, else that its type is wrong, else the first other
 * rule.
 */
function addFirstError(
  { target, property, value, constraints = {}, contexts = {} }: ValidationError,
  field: RequestField,
  errors: FieldErrors,
): void {
  // A text inside the field that was already refused is probably why it breaks other rules, except for the rules of a
  // list.
  const broken = Object.keys(constraints).filter((name) => LIST_RULES.includes(name) || !errors.touches(field));
  const [rule] = broken.sort((a, b) => Number(isTypeRule(b)) - Number(isTypeRule(a)));
  if (rule === undefined) return;
  if (rule === 'whitelistValidation') {
    errors.add(field, ...FIELD_UNKNOWN);
  } else if (value === undefined) {
    errors.add(field, 'required', (name) => `${name} is required.`);
  } else if (rule === 'nestedValidation') {
    errors.add(field, 'not_an_object', (name) => `${name} must be an object.`);
  } else {
    const code = (contexts[rule] as { code?: string } | undefined)?.code ?? codeOf(rule);
    const text = target && textOfBrokenRule(target, property, rule);
    const [message = '', placeholder] = text === undefined ? [constraints[rule], property] : [text, '$property'];
    errors.add(field, code, (name) => `${message.replace(placeholder, () => name)}.`);
  }
}

const LIST_RULES = ['arrayMinSize', 'arrayMaxSize', 'arrayUnique'];

function isTypeRule(rule: string): boolean {
  return ['isString', 'isInt', 'isArray', 'isBoolean', 'isObject'].includes(rule);
}

/** The codes of class-validator's rules whose names would make poor codes. */
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

/** Returns the code of an error by the name of its rule in class-validator, in snake case by default. */
export function codeOf(rule: string): string {
  return CODES[rule] ?? rule.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
