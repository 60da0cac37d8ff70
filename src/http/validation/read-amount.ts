import { formatAmount, MAX_AMOUNT, parseAmount } from '../../lib/money';
import { Problem } from '../problems/problem';
import { readableName, type RequestField } from '../problems/request-field';

/**
 * Returns the amount of a request in minor units.
 * @throws Problem 400 if it is negative, has too many decimals for its currency, or exceeds `MAX_AMOUNT`
 */
export function readAmount(field: RequestField, text: string, currency: string): number {
  const minor = text.startsWith('-') ? undefined : parseAmount(text, currency);
  if (minor === undefined) throw Problem.badRequest('amount_invalid', field, amountRule(readableName(field), currency));
  return minor;
}

/** Returns the message about an invalid amount. */
export function amountRule(name: string, currency: string): string {
  return `${name} must be an amount of ${currency} such as ${formatAmount(1990, currency)}, at most ${formatAmount(MAX_AMOUNT, currency)}.`;
}
