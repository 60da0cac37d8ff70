import { Problem } from '../../http/problems/problem';
import { inQuery } from '../../http/problems/request-field';
import { amountRule } from '../../http/validation/read-amount';
import { parseAmount } from '../../lib/money';
import type { AmountRange } from './activity-filter';
import type { UsersActivityFilter } from './activity-filter.dto';

/**
 * Returns the range of amounts that a query names, in minor units; undefined if it names neither amounts nor a
 * currency.
 * @throws Problem 400 if there is an amount without a currency, one that the currency does not have, or an empty range
 */
export function readAmountRange({
  currency,
  amountFrom,
  amountTo,
}: Pick<UsersActivityFilter, 'currency' | 'amountFrom' | 'amountTo'>): AmountRange | undefined {
  if (currency === undefined) {
    if (amountFrom === undefined && amountTo === undefined) return undefined;
    throw Problem.badRequest('required', inQuery('currency'), 'currency is required with amountFrom and amountTo.');
  }
  const from = readMinorUnits('amountFrom', amountFrom, currency);
  const to = readMinorUnits('amountTo', amountTo, currency);
  if (from !== undefined && to !== undefined && from > to) {
    const message = 'amountFrom is larger than amountTo.';
    throw Problem.badRequest('amount_range_reversed', inQuery('amountFrom'), message);
  }
  return { currency, from, to };
}

function readMinorUnits(field: string, text: string | undefined, currency: string): number | undefined {
  if (text === undefined) return undefined;
  const minor = parseAmount(text, currency);
  if (minor === undefined) throw Problem.badRequest('amount_invalid', inQuery(field), amountRule(field, currency));
  return minor;
}
