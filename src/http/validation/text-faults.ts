import { redactText } from '../../lib/secrets/redact';
import type { FieldProblem } from '../problems/problem';
import type { FieldPath } from './field-path';

/** Control characters but for tab and line ends; and halves of characters, which no database can keep. */
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/** The code of a text that holds a secret: the one fault of a text that is no matter of its form. */
export const CARD_NUMBER_REFUSED = 'card_number_refused';

/**
 * Twice 2000 characters, in UTF-16 units: all but a few fields take no more. A longer text is only looked at once its length is known
 * to be what its field takes.
 */
const LONG = 4000;

/**
 * What is wrong with the texts of a value of any depth, and with the names of its fields, one after the other. Long texts are left to
 * `longTextFaults`, which is called after the validation has refused those that are too long.
 * @param field what the value itself is called
 * @param parent what its fields are named within, where that is not the same
 * @param isSecret whether the text of one of the value's own fields is a secret that the field takes
 */
export function* textFaults(
  value: unknown,
  field: string,
  path: FieldPath,
  parent = field,
  isSecret?: (name: string, text: string) => boolean,
): Generator<FieldProblem, void> {
  if (typeof value === 'string' || typeof value === 'number') {
    const text = String(value);
    const fault = text.length > LONG ? undefined : textFault(text, field);
    if (fault) yield fault;
    return;
  }
  if (value === null || typeof value !== 'object') return;
  for (const [name, inner] of Object.entries(value)) {
    // The name of a field is not repeated in the answer when it is refused, because it may be the secret.
    const fault = name.length > LONG ? unknownField(field) : textFault(name, field);
    if (fault) yield fault;
    else if (name in Object.prototype) yield inheritedField(path(parent, name));
    else if (typeof inner === 'string' && isSecret?.(name, inner)) yield* malformed(inner, path(parent, name));
    else yield* textFaults(inner, path(parent, name), path);
  }
}

/** What is wrong with the long texts of a value that the validation has accepted. Texts that are secrets of their fields are short. */
export function* longTextFaults(
  value: unknown,
  field: string,
  path: FieldPath,
  parent = field,
): Generator<FieldProblem, void> {
  if (typeof value === 'string') {
    const fault = value.length > LONG ? textFault(value, field) : undefined;
    if (fault) yield fault;
  } else if (value !== null && typeof value === 'object') {
    for (const [name, inner] of Object.entries(value)) yield* longTextFaults(inner, path(parent, name), path);
  }
}

function unknownField(parent: string): FieldProblem {
  const message = `${parent || 'The body'} has a field whose name is longer than any that is known here.`;
  return { field: parent, code: 'field_unknown', message };
}

/** A name that every object inherits, such as `constructor`. class-transformer skips it, so the validation would not see it. */
function inheritedField(field: string): FieldProblem {
  return { field, code: 'field_unknown', message: `There is no field ${field} here.` };
}

function textFault(text: string, field: string): FieldProblem | undefined {
  const [fault] = malformed(text, field);
  if (fault) return fault;
  if (redactText(text) === text) return undefined;
  const message =
    'This looks like a full card number or a token, which must never come here: send the payment provider’s token of the card.';
  return { field, code: CARD_NUMBER_REFUSED, message };
}

/** The fault of a text that no database can keep as it is. */
function malformed(text: string, field: string): FieldProblem[] {
  if (!CONTROL.test(text) && text.isWellFormed()) return [];
  const message = `${field} must be a text of whole characters, without control characters.`;
  return [{ field, code: 'text_malformed', message }];
}
