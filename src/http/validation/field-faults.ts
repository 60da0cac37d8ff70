import type { ValidationError } from 'class-validator';
import { within, type RequestField } from '../problems/request-field';
import { FIELD_UNKNOWN } from './check-texts';
import type { Faults } from './faults';

/** Adds the faults of a field, and of what is in it, that class-validator has found. */
export function addFieldFaults(error: ValidationError, parent: RequestField, faults: Faults): void {
  const field = within(parent, error.property);
  addFirstFault(error, field, faults);
  for (const child of error.children ?? []) addFieldFaults(child, field, faults);
}

/** Adds the first rule that a field breaks: that it is there, then its type, then the rest. */
function addFirstFault(
  { property, value, constraints = {}, contexts = {} }: ValidationError,
  field: RequestField,
  faults: Faults,
): void {
  // A text in it that was refused is most likely why the field breaks other rules too, unless they are about its items as a whole.
  const broken = Object.keys(constraints).filter((name) => LIST_RULES.includes(name) || !faults.touches(field));
  const [rule] = broken.sort((a, b) => Number(isOfType(b)) - Number(isOfType(a)));
  if (rule === undefined) return;
  if (rule === 'whitelistValidation') {
    faults.add(field, ...FIELD_UNKNOWN);
  } else if (value === undefined) {
    faults.add(field, 'required', (name) => `${name} is required.`);
  } else if (rule === 'nestedValidation') {
    faults.add(field, 'not_an_object', (name) => `${name} must be an object.`);
  } else {
    const code = (contexts[rule] as { code?: string } | undefined)?.code ?? codeOf(rule);
    faults.add(field, code, (name) => `${(constraints[rule] ?? '').replace(property, () => name)}.`);
  }
}

const LIST_RULES = ['arrayMinSize', 'arrayMaxSize', 'arrayUnique'];

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
