import { HttpStatus, Injectable } from '@nestjs/common';
import { ActivityType } from '../../audit/catalogue/activity-type';
import { CurrentActivity } from '../../audit/recording/current-activity';
import { RequestContext } from '../../context/request-context';
import { isDuplicate } from '../../database/dialect';
import { UnitOfWork } from '../../database/unit-of-work';
import type { PageQuery } from '../../http/paging/page.dto';
import { pageById } from '../../http/paging/paging';
import { Problem } from '../../http/problems/problem';
import { readAmount } from '../../http/validation/read-amount';
import { formatAmount } from '../../lib/money';
import { IdSource } from '../../lib/time-ordered-id';
import { Clock } from '../../lib/time/clock';
import { ZonedClock } from '../../lib/time/zoned-time';
import type { Product } from './product.entity';
import type { CreateProduct, ProductPage, ProductView } from './products.dto';
import { ProductsRepository } from './products.repository';

/** The catalog of the account. */
@Injectable()
export class ProductsService {
  constructor(
    private readonly products: ProductsRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly context: RequestContext,
    private readonly activity: CurrentActivity,
    private readonly clock: Clock,
    private readonly ids: IdSource,
  ) {}

  async list(query: PageQuery): Promise<ProductPage> {
    const { accountId } = this.context.actor;
    const read = (after: string | undefined, take: number) => this.products.list(accountId, after, take);
    const page = await pageById(query, ['products', accountId], read, (product) => product);
    const codes = await this.upgradeCodes(page.data);
    return { ...page, data: page.data.map((product) => this.view(product, codes.get(product.id) ?? [])) };
  }

  create({ upgradeOf = [], nonRefundableFee = '0', ...request }: CreateProduct): Promise<ProductView> {
    return this.unitOfWork.run(async () => {
      const { code, name, currency, billingCycleMonths } = request;
      this.activity.describe(ActivityType.ProductCreated, { comment: `${code}: ${name}` });
      const price = readAmount('price', request.price, currency);
      const fee = readAmount('nonRefundableFee', nonRefundableFee, currency);
      if (fee > price) {
        const message = 'A refund can not keep back more than the price.';
        throw Problem.ofField(HttpStatus.UNPROCESSABLE_ENTITY, 'fee_exceeds_price', 'nonRefundableFee', message);
      }
      const { accountId } = this.context.actor;
      const upgraded = await this.findUpgraded(accountId, upgradeOf, currency);
      const createdAt = this.clock.now();
      const id = this.ids.next(createdAt);
      const product = {
        id,
        accountId,
        code,
        name,
        price,
        currency,
        billingCycleMonths,
        nonRefundableFee: fee,
        createdAt,
      };
      await uniqueCode(code, this.products.insert(product, upgraded));
      return this.view(product, upgradeOf);
    });
  }

  private async findUpgraded(accountId: string, codes: readonly string[], currency: string): Promise<Product[]> {
    const products = await this.products.findByCodes(accountId, codes);
    codes.forEach((code, index) => {
      const product = products.find((found) => found.code === code);
      const field = `upgradeOf[${index}]`;
      if (!product) throw Problem.notFound('product_not_found', field, `There is no product with the code ${code}.`);
      if (product.currency === currency) return;
      const message = `${code} is sold in ${product.currency}: an upgrade must be of the same currency.`;
      throw Problem.ofField(HttpStatus.UNPROCESSABLE_ENTITY, 'currency_mismatch', field, message);
    });
    return products;
  }

  /** The codes of the products that each product is an upgrade of. */
  private async upgradeCodes(products: readonly Product[]): Promise<Map<string, string[]>> {
    const upgrades = await this.products.upgradesTo(products.map(({ id }) => id));
    const from = await this.products.findByIds(upgrades.map(({ fromProductId }) => fromProductId));
    const codeOf = new Map(from.map(({ id, code }) => [id, code]));
    const codes = new Map<string, string[]>();
    for (const { fromProductId, toProductId } of upgrades) {
      codes.set(toProductId, [...(codes.get(toProductId) ?? []), codeOf.get(fromProductId)!].sort());
    }
    return codes;
  }

  private view(product: Product, upgradeOf: string[]): ProductView {
    const { code, name, currency, billingCycleMonths, createdAt } = product;
    return {
      code,
      name,
      price: formatAmount(product.price, currency),
      currency,
      billingCycleMonths,
      nonRefundableFee: formatAmount(product.nonRefundableFee, currency),
      upgradeOf,
      createdAt: new ZonedClock(this.context.actor.timeZone).rfc3339(createdAt.getTime()),
    };
  }
}

async function uniqueCode(code: string, write: Promise<void>): Promise<void> {
  try {
    await write;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    const message = `There is a product with the code ${code} already.`;
    throw Problem.conflict('product_code_taken', message, [{ field: 'code', code: 'product_code_taken', message }]);
  }
}
