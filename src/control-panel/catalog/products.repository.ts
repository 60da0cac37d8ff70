import { Injectable } from '@nestjs/common';
import { In, MoreThan } from 'typeorm';
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

  findById(id: string): Promise<Product> {
    return this.unitOfWork.manager.findOneByOrFail(Product, { id });
  }

  findByIds(ids: readonly string[]): Promise<Product[]> {
    return this.unitOfWork.manager.findBy(Product, { id: In([...ids]) });
  }

  /** Whether a subscription to the one may be upgraded to the other. */
  isUpgrade(fromProductId: string, toProductId: string): Promise<boolean> {
    return this.unitOfWork.manager.existsBy(ProductUpgrade, { fromProductId, toProductId });
  }

  /** The upgrades to these products. */
  upgradesTo(productIds: readonly string[]): Promise<ProductUpgrade[]> {
    return this.unitOfWork.manager.findBy(ProductUpgrade, { toProductId: In([...productIds]) });
  }

  async insert(product: Product, upgradeOf: readonly Product[]): Promise<void> {
    await this.unitOfWork.manager.insert(Product, product);
    if (upgradeOf.length === 0) return;
    await this.unitOfWork.manager.insert(
      ProductUpgrade,
      upgradeOf.map((from) => ({ fromProductId: from.id, toProductId: product.id })),
    );
  }
}
