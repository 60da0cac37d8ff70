import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { assertUnique } from '../../database/assert-unique';
import { SelectStatement } from '../../database/select-statement';
import { UnitOfWork } from '../../database/unit-of-work';
import { Product, ProductUpgrade } from './product.entity';

/** Reads and writes products and the upgrades between them. */
@Injectable()
export class ProductsRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Lists products, oldest first, starting after the given id. */
  list(accountId: string, after: string | undefined, take: number): Promise<Product[]> {
    const { manager } = this.unitOfWork;
    return SelectStatement.for(manager, Product).page(manager, { accountId }, { order: 'ASC', after, take });
  }

  /** Finds the account's products with these codes. Unknown codes are skipped. */
  async findByCodes(accountId: string, codes: readonly string[]): Promise<Product[]> {
    const products = await this.unitOfWork.manager.findBy(Product, { accountId, code: In([...codes]) });
    // MySQL and MariaDB ignore spaces at the end of a code when they compare it.
    return products.filter(({ code }) => codes.includes(code));
  }

  /** Returns a product. Throws if it does not exist, so pass only ids that come from a foreign key. */
  get(id: string): Promise<Product> {
    return this.unitOfWork.manager.findOneByOrFail(Product, { id });
  }

  /** Finds products, and returns them by their id. */
  async findByIds(ids: readonly string[]): Promise<Map<string, Product>> {
    const { manager } = this.unitOfWork;
    const products = await SelectStatement.for(manager, Product).byIds(manager, [...new Set(ids)]);
    return new Map(products.map((product) => [product.id, product]));
  }

  /** Returns whether a subscription to the first product can be upgraded to the second. */
  isUpgrade(fromProductId: string, toProductId: string): Promise<boolean> {
    return this.unitOfWork.manager.existsBy(ProductUpgrade, { fromProductId, toProductId });
  }

  /** Finds the upgrades that lead to these products. */
  findUpgradesTo(productIds: readonly string[]): Promise<ProductUpgrade[]> {
    return this.unitOfWork.manager.findBy(ProductUpgrade, { toProductId: In([...productIds]) });
  }

  /**
   * Inserts a product; 409 if the account already has a product with its code.
   * @param upgradeOf the products whose subscriptions can be upgraded to it
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
