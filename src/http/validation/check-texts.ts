import { redactText } from '../../lib/secrets/redact';
import { CARD_NUMBER_REFUSED } from '../problems/invalid-fields';
import { within, type RequestField } from '../problems/request-field';
import type { Faults } from './faults';

/** Control characters but for tab and line ends; and halves of characters, which no database can keep. */
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/**
 * Twice 2000 characters, in UTF-16 units: all but a few fields take no more. A longer text is only looked at once its length is known
 * to be what its field takes.
 */
const LONG = 4000;

/** Code of a fault, and the sentence that says it of a field. */
type TextFault = readonly [code: string, message: (name: string) => string];

const MALFORMED: TextFault = [
  'text_malformed',
  (name) => `${name} must be a text of whole characters, without control characters.`,
];
const SECRET: TextFault = [
  CARD_NUMBER_REFUSED,
  (name) =>
    `${name} has what looks like a full card number or a token, which must never come here: send the payment provider’s token of the card.`,
];
const NAME_TOO_LONG: TextFault = [
  'field_unknown',
  (name) => `${name} has a field whose name is longer than any that is known here.`,
];
export const FIELD_UNKNOWN: TextFault = ['field_unknown', (name) => `There is no field ${name} here.`];

/**
 * Checks the texts of a value of any depth, and the names of its fields: none may hold a secret, and all must be fit to be stored. Long
 * texts are left to `checkLongTexts`, which is called after the validation has refused those that are too long.
 * @param secrets the fields of the value itself that take a secret, each with the form that the secret has
 */
export function checkTexts(
  value: unknown,
  field: RequestField,
  faults: Faults,
  secrets?: ReadonlyMap<string | symbol, RegExp>,
): void {
  if (typeof value === 'string' || typeof value === 'number') {
    const fault = shortTextFault(String(value));
    if (fault) faults.add(field, ...fault);
  } else if (Array.isArray(value)) {
    value.forEach((item: unknown, index) => {
      checkTexts(item, within(field, index), faults);
    });
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value)) checkField(name, inner, field, faults, secrets?.get(name));
  }
}

/** @param secret the form of the secret that the field takes, if it takes one */
function checkField(name: string, value: unknown, parent: RequestField, faults: Faults, secret?: RegExp): void {
  const nameFault = name.length > LONG ? NAME_TOO_LONG : textFault(name);
  // The name of a field is not repeated in the response when it is refused, because it may be the secret.
  if (nameFault) faults.add(parent, ...nameFault);
  // A name that every object inherits, such as `constructor`. class-transformer skips it, so the validation would not see it.
  else if (name in Object.prototype) faults.add(within(parent, name), ...FIELD_UNKNOWN);
  else if (typeof value === 'string') {
    const fault = secret?.test(value) ? malformedTextFault(value) : shortTextFault(value);
    if (fault) faults.add(within(parent, name), ...fault);
  } else if (typeof value === 'number' || typeof value === 'object') checkTexts(value, within(parent, name), faults);
}

/** Checks the long texts of a value that have no fault after the validation. Texts that are secrets of their fields are short. */
export function checkLongTexts(value: unknown, field: RequestField, faults: Faults): void {
  if (typeof value === 'string') {
    if (value.length <= LONG || faults.covers(field)) return;
    const fault = textFault(value);
    if (fault) faults.add(field, ...fault);
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value)) {
      const mayHoldLongText = typeof inner === 'string' ? inner.length > LONG : typeof inner === 'object';
      if (mayHoldLongText) checkLongTexts(inner, within(field, name), faults);
    }
  }
}

function shortTextFault(text: string): TextFault | undefined {
  return text.length > LONG ? undefined : textFault(text);
}

function textFault(text: string): TextFault | undefined {
  return malformedTextFault(text) ?? (redactText(text) === text ? undefined : SECRET);
}

/** The fault of a text that no database can keep as it is. */
function malformedTextFault(text: string): TextFault | undefined {
  return CONTROL.test(text) || !text.isWellFormed() ? MALFORMED : undefined;
}
