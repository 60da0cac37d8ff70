import { Problem } from '../../http/problems/problem';
import { inBody } from '../../http/problems/request-field';
import type { Product } from './product.entity';

/** Refuses a fee, in minor units, that is higher than the price. */
export function assertFeeWithinPrice(fee: number, price: number): void {
  if (fee <= price) return;
  const message = 'nonRefundableFee must not be greater than the price.';
  throw Problem.unprocessable('fee_exceeds_price', inBody('nonRefundableFee'), message);
}

/** Refuses codes of unknown products, and of products that are sold in another currency than their upgrade. */
export function assertUpgradable(codes: readonly string[], products: readonly Product[], currency: string): void {
  codes.forEach((code, index) => {
    const product = products.find((candidate) => candidate.code === code);
    const field = inBody('upgradeOf', index);
    if (!product) throw Problem.notFound('product_not_found', field, `There is no product with the code ${code}.`);
    if (product.currency === currency) return;
    const message = `${code} is sold in ${product.currency}; an upgrade must have the same currency.`;
    throw Problem.unprocessable('currency_mismatch', field, message);
  });
}
