import { Injectable } from '@nestjs/common';
import { ActivityType } from '../../audit/catalogue/activity-type';
import { inBody } from '../../http/problems/request-field';
import { CurrentActivity } from '../../audit/recording/current-activity';
import { RequestContext } from '../../context/request-context';
import { UnitOfWork } from '../../database/unit-of-work';
import type { PageQuery } from '../../http/paging/page.dto';
import { pageById } from '../../http/paging/page-by-id';
import { readAmount } from '../../http/validation/read-amount';
import { lookUp } from '../../lib/elements';
import { IdSource } from '../../lib/time-ordered-id';
import { Clock } from '../../lib/time/clock';
import { ZonedClock } from '../../lib/time/zoned-time';
import type { Product } from './product.entity';
import { assertFeeWithinPrice, assertUpgradable } from './product.rules';
import { productView, type ProductPage, type ProductView } from './product.view';
import type { CreateProduct } from './products.dto';
import { ProductsRepository } from './products.repository';

/** Lists the products of the account's catalog and creates new ones. */
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

  /** Returns a page of the account's products, oldest first. */
  async list(query: PageQuery): Promise<ProductPage> {
    const { accountId, timeZone } = this.context.actor;
    const read = (after: string | undefined, take: number) => this.products.list(accountId, after, take);
    const page = await pageById(query, ['products', accountId], read, (product) => product);
    const codes = await this.findUpgradeCodes(page.data);
    const clock = ZonedClock.of(timeZone);
    return { ...page, data: page.data.map((product) => productView(product, codes.get(product.id) ?? [], clock)) };
  }

  /** Creates a product, and makes it an upgrade of the given products. */
  create({ upgradeOf = [], nonRefundableFee = '0', ...request }: CreateProduct): Promise<ProductView> {
    return this.unitOfWork.run(async () => {
      const { code, name, currency, billingCycleMonths } = request;
      this.activity.describe(ActivityType.ProductCreated, {
        comment: `${code}: ${name}`,
        details: { code, name, price: request.price, nonRefundableFee, currency, billingCycleMonths, upgradeOf },
      });
      const price = readAmount(inBody('price'), request.price, currency);
      const fee = readAmount(inBody('nonRefundableFee'), nonRefundableFee, currency);
      assertFeeWithinPrice(fee, price);
      const { accountId, timeZone } = this.context.actor;
      const upgraded = await this.products.findByCodes(accountId, upgradeOf);
      assertUpgradable(upgradeOf, upgraded, currency);
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
      await this.products.insert(product, upgraded);
      return productView(product, upgradeOf, ZonedClock.of(timeZone));
    });
  }

  /** Returns, by product id, the codes of the products that can be upgraded to each of these products. */
  private async findUpgradeCodes(products: readonly Product[]): Promise<Map<string, string[]>> {
    const upgrades = await this.products.findUpgradesTo(products.map(({ id }) => id));
    const upgradable = await this.products.findByIds(upgrades.map(({ fromProductId }) => fromProductId));
    const codes = new Map<string, string[]>();
    for (const { fromProductId, toProductId } of upgrades) {
      codes.set(toProductId, [...(codes.get(toProductId) ?? []), lookUp(upgradable, fromProductId).code].sort());
    }
    return codes;
  }
}
