import { Injectable } from '@nestjs/common';
import { In, MoreThan } from 'typeorm';
import { assertUnique } from '../../database/assert-unique';
import { UnitOfWork } from '../../database/unit-of-work';
import { Product, ProductUpgrade } from './product.entity';

/** Products, and which is an upgrade of which. */
@Injectable()
export class ProductsRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Oldest first. */
  list(accountId: string, after: string | undefined, take: number): Promise<Product[]> {
    const where = { accountId, ...(after !== undefined && { id: MoreThan(after) }) };
    return this.unitOfWork.manager.find(Product, { where, order: { id: 'ASC' }, take });
  }

  /** Those of the codes that are products of the account. */
  findByCodes(accountId: string, codes: readonly string[]): Promise<Product[]> {
    return this.unitOfWork.manager.findBy(Product, { accountId, code: In([...codes]) });
  }

  /** A product that another row refers to, so there is none to miss. */
  get(id: string): Promise<Product> {
    return this.unitOfWork.manager.findOneByOrFail(Product, { id });
  }

  /** Products by their id. */
  async findByIds(ids: readonly string[]): Promise<Map<string, Product>> {
    const products = await this.unitOfWork.manager.findBy(Product, { id: In([...new Set(ids)]) });
    return new Map(products.map((product) => [product.id, product]));
  }

  /** Whether a subscription to the one may be upgraded to the other. */
  isUpgrade(fromProductId: string, toProductId: string): Promise<boolean> {
    return this.unitOfWork.manager.existsBy(ProductUpgrade, { fromProductId, toProductId });
  }

  /** Which products these are upgrades of. */
  findUpgradesTo(productIds: readonly string[]): Promise<ProductUpgrade[]> {
    return this.unitOfWork.manager.findBy(ProductUpgrade, { toProductId: In([...productIds]) });
  }

  /**
   * Adds a product; 409 where the account has another one with its code.
   * @param upgradeOf the products whose subscriptions may be upgraded to it
   */
  async insert(product: Product, upgradeOf: readonly Pick<Product, 'id'>[]): Promise<void> {
    await assertUnique(this.unitOfWork.manager.insert(Product, product), {
      code: 'product_code_taken',
      field: 'code',
      message: `There is a product with the code ${product.code} already.`,
    });
    if (upgradeOf.length === 0) return;
    await this.unitOfWork.manager.insert(
      ProductUpgrade,
      upgradeOf.map((from) => ({ fromProductId: from.id, toProductId: product.id })),
    );
  }
}
