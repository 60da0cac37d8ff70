import { Injectable } from '@nestjs/common';
import { Problem } from '../../http/problems/problem';
import { inBody } from '../../http/problems/request-field';
import { MAX_AMOUNT } from '../../lib/money';
import type { Product } from '../catalog/product.entity';
import { ProductsRepository } from '../catalog/products.repository';
import type { PlaceOrder } from './orders.dto';

/** A product and the number of units to buy. */
export interface BasketItem {
  readonly product: Product;
  readonly quantity: number;
}

/** Looks up the products of a new order in the catalog. Prices come from the catalog, never from the client. */
@Injectable()
export class OrderBasket {
  constructor(private readonly products: ProductsRepository) {}

  /**
   * Resolves the product codes of a request to products, and refuses unknown ones, other currencies and too large
   * totals.
   */
  async resolveItems(accountId: string, { products, currency }: PlaceOrder): Promise<BasketItem[]> {
    const codes = [...new Set(products.map(({ productCode }) => productCode))];
    const found = await this.products.findByCodes(accountId, codes);
    const items = products.map(({ productCode, quantity }, index) => {
      const product = found.find(({ code }) => code === productCode);
      const field = inBody('products', index, 'productCode');
      if (!product)
        throw Problem.notFound('product_not_found', field, `There is no product with the code ${productCode}.`);
      if (product.currency !== currency) {
        const message = `${productCode} is sold in ${product.currency}, but the order is in ${currency}.`;
        throw Problem.unprocessable('currency_mismatch', field, message);
      }
      return { product, quantity };
    });
    const total = items.reduce((sum, { product, quantity }) => sum + product.price * quantity, 0);
    if (total <= MAX_AMOUNT) return items;
    const message = 'The total of the order exceeds the largest supported amount. Order fewer units.';
    throw Problem.unprocessable('total_too_large', inBody('products'), message);
  }
}
