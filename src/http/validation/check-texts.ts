import { mayHoldSecret } from '../../lib/secrets/may-hold-secret';
import { redactText } from '../../lib/secrets/redact';
import { CARD_NUMBER_REFUSED } from '../problems/invalid-fields';
import { within, type RequestField } from '../problems/request-field';
import type { FieldErrors } from './field-errors';

/** Control characters except tab, line feed and carriage return. */
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/**
 * The length above which a text is long, in UTF-16 code units: 2000 characters of at most two units each. Only a few
 * fields allow longer texts. A long text is searched for secrets only after its length was validated, which
 * bounds the time of the search.
 */
const LONG = 4000;

/** An error that a text can have: its code, and a function that returns the message for a field. */
type TextError = readonly [code: string, message: (name: string) => string];

const MALFORMED: TextError = [
  'text_malformed',
  (name) => `${name} must be well-formed Unicode text without control characters.`,
];
const SECRET: TextError = [
  CARD_NUMBER_REFUSED,
  (name) =>
    `${name} contains what looks like a full card number or a token, which must not be sent to this service. For a card, send the payment provider’s token.`,
];
const NAME_TOO_LONG: TextError = [
  'field_unknown',
  (name) => `${name} has a field whose name is longer than that of any known field.`,
];
export const FIELD_UNKNOWN: TextError = ['field_unknown', (name) => `${name} is not a field of this request.`];

/**
 * Checks all texts and field names in a value, at any depth: none can contain a secret, and the database must be able
 * to store each of them. Skips long texts, which `checkLongTexts` checks after the validation has refused those that
 * are too long.
 * @param secrets the fields at the top level of the value that take a secret, each with the pattern of the secret
 */
export function checkTexts(
  value: unknown,
  field: RequestField,
  errors: FieldErrors,
  secrets?: ReadonlyMap<string | symbol, RegExp>,
): void {
  if (typeof value === 'string' || typeof value === 'number') {
    const error = findShortTextError(String(value));
    if (error) errors.add(field, ...error);
  } else if (Array.isArray(value)) {
    value.forEach((item: unknown, index) => {
      checkTexts(item, within(field, index), errors);
    });
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value)) checkField(name, inner, field, errors, secrets?.get(name));
  }
}

/**
 * Checks one field of an object: its name, then its value.
 * @param secret the pattern of the secret, if the field takes one
 */
function checkField(name: string, value: unknown, parent: RequestField, errors: FieldErrors, secret?: RegExp): void {
  const nameError = name.length > LONG ? NAME_TOO_LONG : findTextError(name);
  // The error is added to the parent, because the name itself may be the secret and must not be in the response.
  if (nameError) errors.add(parent, ...nameError);
  // class-transformer skips names that every object inherits, such as `constructor`, so the validation would not see
  // them.
  else if (name in Object.prototype) errors.add(within(parent, name), ...FIELD_UNKNOWN);
  else if (typeof value === 'string') {
    const error = secret?.test(value) ? findMalformedText(value) : findShortTextError(value);
    if (error) errors.add(within(parent, name), ...error);
  } else if (typeof value === 'number' || typeof value === 'object') checkTexts(value, within(parent, name), errors);
}

/**
 * Checks the long texts in a validated value, except for those that already have an error. Fields that take a secret
 * need no exemption here, because their texts are short.
 */
export function checkLongTexts(value: unknown, field: RequestField, errors: FieldErrors): void {
  if (typeof value === 'string') {
    if (value.length <= LONG || errors.covers(field)) return;
    const error = findTextError(value);
    if (error) errors.add(field, ...error);
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value)) {
      const mayHoldLongText = typeof inner === 'string' ? inner.length > LONG : typeof inner === 'object';
      if (mayHoldLongText) checkLongTexts(inner, within(field, name), errors);
    }
  }
}

function findShortTextError(text: string): TextError | undefined {
  return text.length > LONG ? undefined : findTextError(text);
}

/** Returns whether a text is short and has no error. */
export function isPlainText(text: string): boolean {
  return text.length <= LONG && findTextError(text) === undefined;
}

function findTextError(text: string): TextError | undefined {
  // Such a text is ASCII without control characters.
  if (!mayHoldSecret(text)) return undefined;
  return findMalformedText(text) ?? (redactText(text) === text ? undefined : SECRET);
}

/** Finds control characters and unpaired surrogates, which the databases cannot store unchanged. */
function findMalformedText(text: string): TextError | undefined {
  return CONTROL.test(text) || !text.isWellFormed() ? MALFORMED : undefined;
}
