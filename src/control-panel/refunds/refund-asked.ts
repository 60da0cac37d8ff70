import { Problem } from '../../http/problems/problem';
import { readAmount } from '../../http/validation/read-amount';
import type { OrderRest, Take } from './order-rest';
import type { RequestRefund } from './refunds.dto';

/** What a request asks to take of an order's rest. Throws at once where no order could give it: 400. */
export function asked({ amount, lines }: RequestRefund, currency: string): (rest: OrderRest) => Take {
  if (amount !== undefined && lines !== undefined) {
    throw Problem.badRequest('amount_or_lines', 'lines', 'Ask for an amount or for lines, not for both.');
  }
  if (lines) return (rest) => rest.byLines(lines);
  if (amount === undefined) return (rest) => rest.everything();
  const minor = readAmount('amount', amount, currency);
  if (minor === 0) throw Problem.badRequest('amount_invalid', 'amount', 'amount must be more than 0.');
  return (rest) => rest.byAmount(minor);
}
