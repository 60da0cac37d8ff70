import { Problem } from '../../http/problems/problem';
import { inBody } from '../../http/problems/request-field';
import { readAmount } from '../../http/validation/read-amount';
import type { Order } from '../sales/order.entity';
import type { Refund } from '../sales/refund.entity';
import type { RefundableRemainder, RefundPart } from './refundable-remainder';
import type { RequestRefund } from './refunds.dto';

/** Returns the amount that the shopper gets back, in minor units. */
export function amountReturned({ requestedAmount, fee }: Pick<Refund, 'requestedAmount' | 'fee'>): number {
  return requestedAmount - fee;
}

/**
 * Validates the amount or the lines of a request, and returns a function that selects this part from the refundable
 * rest of the order.
 */
export function readRequestedPart(
  { amount, lines }: RequestRefund,
  currency: string,
): (remainder: RefundableRemainder) => RefundPart {
  if (amount !== undefined && lines !== undefined) {
    throw Problem.badRequest('amount_or_lines', inBody('lines'), 'Set either amount or lines, not both.');
  }
  if (lines) return (remainder) => remainder.selectLines(lines);
  if (amount === undefined) return (remainder) => remainder.selectAll();
  const minor = readAmount(inBody('amount'), amount, currency);
  if (minor === 0) throw Problem.badRequest('amount_invalid', inBody('amount'), 'amount must be more than 0.');
  return (remainder) => remainder.selectAmount(minor);
}

/** Refuses to refund an order that is not finished. */
export function assertFinished({ status }: Order): void {
  if (status === 'finished') return;
  throw Problem.conflict('order_not_finished', `Only a finished order can be refunded; this one is ${status}.`);
}

/** Refuses to cancel a refund that is canceled or processed already. */
export function assertRequested({ status }: Refund): void {
  if (status === 'canceled') throw Problem.conflict('refund_canceled', 'The refund is already canceled.');
  if (status === 'processed') {
    throw Problem.conflict('refund_processed', 'The refund has already been processed, so it cannot be canceled.');
  }
}

/** Refuses a request without refundId if there are several requested refunds. */
export function assertUnambiguous(requested: readonly Refund[]): void {
  if (requested.length < 2) return;
  const ids = requested.map(({ id }) => id).join(', ');
  const message = `This order has several requested refunds. Set refundId to one of them: ${ids}.`;
  throw Problem.conflict('refund_ambiguous', message, inBody('refundId'));
}
