import { Problem } from '../../http/problems/problem';
import { inBody, type RequestField } from '../../http/problems/request-field';
import { formatAmount } from '../../lib/money';
import type { Order, OrderLine } from '../sales/order.entity';
import type { RefundedSoFar } from '../sales/refunds.repository';
import type { RefundedLine } from './refunds.dto';

/** What a refund takes of an order, in minor units; its lines are empty where it is not of certain pieces. */
export interface RefundPart {
  readonly requestedAmount: number;
  readonly fee: number;
  readonly lines: readonly RefundedLine[];
}

/**
 * What is left of an order to refund. However it is split into refunds, their fees add up to no more than the fees of
 * all lines; and whichever refund takes the rest keeps back whatever fee is left, so that they add up to no less either.
 */
export class RefundableRemainder {
  /** In minor units, fees included. */
  readonly amount: number;
  /** What is still to be kept back, in minor units. */
  private readonly fee: number;

  constructor(
    private readonly order: Order,
    private readonly lines: readonly OrderLine[],
    private readonly taken: RefundedSoFar,
  ) {
    this.amount = order.total - order.refunded;
    this.fee = Math.max(0, lines.reduce((sum, line) => sum + line.nonRefundableFee, 0) - taken.fee);
  }

  /** All that is left, with the fee that is left. */
  everything(): RefundPart {
    if (this.amount === 0) throw Problem.conflict('order_fully_refunded', 'Nothing is left of this order to refund.');
    const lines = this.lines.flatMap((line) => {
      const quantity = this.quantityLeft(line);
      return quantity > 0 ? [{ position: line.position, quantity }] : [];
    });
    return this.take(this.amount, this.fee, lines);
  }

  /** An amount; it keeps back as much of the fee that is left as it takes of the amount that is left. */
  byAmount(amount: number): RefundPart {
    this.assertLeft(amount, inBody('amount'));
    return this.take(amount, share(this.fee, amount, this.amount), []);
  }

  /** Pieces at their price; of a line's fee they keep back as much as they are of its quantity. */
  byLines(wanted: readonly RefundedLine[]): RefundPart {
    let amount = 0;
    let fee = 0;
    for (const [index, { position, quantity }] of wanted.entries()) {
      const line = this.lineAt(position, index);
      this.assertPiecesLeft(line, quantity, index);
      amount += line.unitPrice * quantity;
      fee += feeOf(line, this.quantityTaken(line) + quantity) - feeOf(line, this.quantityTaken(line));
    }
    if (amount === 0) throw Problem.unprocessable('refund_of_nothing', inBody('lines'), 'These pieces cost nothing.');
    this.assertLeft(amount, inBody('lines'));
    const lines = wanted.map(({ position, quantity }) => ({ position, quantity }));
    return this.take(amount, amount === this.amount ? this.fee : fee, lines);
  }

  /** No refund keeps back more than is still to be kept, nor more than it takes. */
  private take(requestedAmount: number, fee: number, lines: readonly RefundedLine[]): RefundPart {
    return { requestedAmount, fee: Math.min(fee, this.fee, requestedAmount), lines };
  }

  private quantityTaken({ position }: OrderLine): number {
    return this.taken.quantities.get(position) ?? 0;
  }

  private quantityLeft(line: OrderLine): number {
    return line.quantity - this.quantityTaken(line);
  }

  private lineAt(position: number, index: number): OrderLine {
    const line = this.lines.find((candidate) => candidate.position === position);
    if (line) return line;
    const message = `The order has no line ${position}; it has ${this.lines.length}.`;
    throw Problem.unprocessable('order_line_unknown', inBody('lines', index, 'position'), message);
  }

  private assertPiecesLeft(line: OrderLine, quantity: number, index: number): void {
    const left = this.quantityLeft(line);
    if (quantity <= left) return;
    const message = `Of line ${line.position}, ${left} piece(s) are left to refund.`;
    throw Problem.unprocessable('refund_exceeds_rest', inBody('lines', index, 'quantity'), message);
  }

  private assertLeft(amount: number, field: RequestField): void {
    if (amount <= this.amount) return;
    const { currency } = this.order;
    const message = `Of this order, ${formatAmount(this.amount, currency)} ${currency} are left to refund.`;
    throw Problem.unprocessable('refund_exceeds_rest', field, message);
  }
}

/** The fee of so many pieces; counted from the first on, so that those of all pieces add up to the line's. */
function feeOf({ nonRefundableFee, quantity }: OrderLine, pieces: number): number {
  return share(nonRefundableFee, pieces, quantity);
}

/** The part of an amount in minor units, rounded down; its product may be larger than what a number holds exactly. */
function share(amount: number, part: number, whole: number): number {
  return Number((BigInt(amount) * BigInt(part)) / BigInt(whole));
}
