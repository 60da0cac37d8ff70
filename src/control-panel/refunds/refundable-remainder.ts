import { Problem } from '../../http/problems/problem';
import { inBody, type RequestField } from '../../http/problems/request-field';
import { formatAmount } from '../../lib/money';
import type { Order, OrderLine } from '../sales/order.entity';
import type { RefundedSoFar } from '../sales/refunds.repository';
import type { RefundedLine } from './refunds.dto';

/** The part of an order that a refund covers, in minor units. Without lines, it is a part of the total. */
export interface RefundPart {
  readonly requestedAmount: number;
  readonly fee: number;
  readonly lines: readonly RefundedLine[];
}

/**
 * The part of an order that can still be refunded. However an order is split into refunds, the sum of their fees never
 * exceeds the fees of all lines. The refund that covers the rest includes the remaining fee, so that the sum is
 * never less either.
 */
export class RefundableRemainder {
  /** The amount that can still be refunded, fees included, in minor units. */
  readonly amount: number;
  /** The part of the fees of all lines that no refund includes yet, in minor units. */
  private readonly fee: number;

  constructor(
    private readonly order: Order,
    private readonly lines: readonly OrderLine[],
    private readonly refundedSoFar: RefundedSoFar,
  ) {
    this.amount = order.total - order.refunded;
    this.fee = Math.max(0, lines.reduce((sum, line) => sum + line.nonRefundableFee, 0) - refundedSoFar.fee);
  }

  /** Selects everything that is left, with the remaining fee. */
  selectAll(): RefundPart {
    if (this.amount === 0) throw Problem.conflict('order_fully_refunded', 'Nothing is left of this order to refund.');
    const lines = this.lines.flatMap((line) => {
      const quantity = this.remainingQuantity(line);
      return quantity > 0 ? [{ position: line.position, quantity }] : [];
    });
    return this.createPart(this.amount, this.fee, lines);
  }

  /**
   * Selects an amount. Its fee is the same proportion of the remaining fee as the amount is of the remaining amount.
   */
  selectAmount(amount: number): RefundPart {
    this.assertLeft(amount, inBody('amount'));
    return this.createPart(amount, calculateShare(this.fee, amount, this.amount), []);
  }

  /** Selects units of lines at their price. Their fee is proportional to their share of the line's quantity. */
  selectLines(requestedLines: readonly RefundedLine[]): RefundPart {
    let amount = 0;
    let fee = 0;
    for (const [index, { position, quantity }] of requestedLines.entries()) {
      const line = this.getLine(position, index);
      this.assertUnitsLeft(line, quantity, index);
      amount += line.unitPrice * quantity;
      fee +=
        calculateFee(line, this.refundedQuantity(line) + quantity) - calculateFee(line, this.refundedQuantity(line));
    }
    if (amount === 0)
      throw Problem.unprocessable(
        'refund_of_nothing',
        inBody('lines'),
        'The price of these units is 0, so there is nothing to refund.',
      );
    this.assertLeft(amount, inBody('lines'));
    const lines = requestedLines.map(({ position, quantity }) => ({ position, quantity }));
    return this.createPart(amount, amount === this.amount ? this.fee : fee, lines);
  }

  /** Creates the part, with a fee of at most the remaining fee and at most the amount. */
  private createPart(requestedAmount: number, fee: number, lines: readonly RefundedLine[]): RefundPart {
    return { requestedAmount, fee: Math.min(fee, this.fee, requestedAmount), lines };
  }

  private refundedQuantity({ position }: OrderLine): number {
    return this.refundedSoFar.quantities.get(position) ?? 0;
  }

  private remainingQuantity(line: OrderLine): number {
    return line.quantity - this.refundedQuantity(line);
  }

  private getLine(position: number, index: number): OrderLine {
    const line = this.lines.find((candidate) => candidate.position === position);
    if (line) return line;
    const message = `The order has no line ${position}; it has ${this.lines.length}.`;
    throw Problem.unprocessable('order_line_unknown', inBody('lines', index, 'position'), message);
  }

  private assertUnitsLeft(line: OrderLine, quantity: number, index: number): void {
    const left = this.remainingQuantity(line);
    if (quantity <= left) return;
    const message = `Only ${left} unit(s) of line ${line.position} can still be refunded.`;
    throw Problem.unprocessable('refund_exceeds_rest', inBody('lines', index, 'quantity'), message);
  }

  private assertLeft(amount: number, field: RequestField): void {
    if (amount <= this.amount) return;
    const { currency } = this.order;
    const message = `Only ${formatAmount(this.amount, currency)} ${currency} of this order can still be refunded.`;
    throw Problem.unprocessable('refund_exceeds_rest', field, message);
  }
}

/**
 * Returns the fee of the first units of a line. Differences between two such fees add up to the fee of the whole line.
 */
function calculateFee({ nonRefundableFee, quantity }: OrderLine, units: number): number {
  return calculateShare(nonRefundableFee, units, quantity);
}

/** Returns amount × part ÷ whole, rounded down. It uses BigInt because the product can exceed the safe integers. */
function calculateShare(amount: number, part: number, whole: number): number {
  return Number((BigInt(amount) * BigInt(part)) / BigInt(whole));
}
