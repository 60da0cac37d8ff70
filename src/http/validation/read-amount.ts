import { formatAmount, MAX_AMOUNT, parseAmount } from '../../lib/money';
import { Problem } from '../problems/problem';
import { readableName, type RequestField } from '../problems/request-field';

/** An amount of a request in minor units; one that is negative, that its currency can't have, or that is absurdly large, is a 400. */
export function readAmount(field: RequestField, text: string, currency: string): number {
  const minor = text.startsWith('-') ? undefined : parseAmount(text, currency);
  if (minor === undefined) throw Problem.badRequest('amount_invalid', field, amountRule(readableName(field), currency));
  return minor;
}

/** What an amount may be, for a person. */
export function amountRule(name: string, currency: string): string {
  return `${name} must be an amount of ${currency} such as ${formatAmount(1990, currency)}, at most ${formatAmount(MAX_AMOUNT, currency)}.`;
}
