import { Injectable } from '@nestjs/common';
import { RequestContext } from '../../context/request-context';
import { pageById } from '../../http/paging/page-by-id';
import { ZonedClock } from '../../lib/time/zoned-time';
import { ProductsRepository } from '../catalog/products.repository';
import { subscriptionView, type SubscriptionPage, type SubscriptionView } from './subscription.view';
import type { SubscriptionsQuery } from './subscriptions.dto';
import { SubscriptionsRepository } from './subscriptions.repository';

/** Lists and returns the subscriptions of the account's shoppers. */
@Injectable()
export class SubscriptionsService {
  constructor(
    private readonly subscriptions: SubscriptionsRepository,
    private readonly products: ProductsRepository,
    private readonly context: RequestContext,
  ) {}

  /** Returns a page of the subscriptions that match the filter, newest first. */
  list({ reference, shopperEmail, status, ...query }: SubscriptionsQuery): Promise<SubscriptionPage> {
    const { accountId, timeZone } = this.context.actor;
    const filter = {
      accountId,
      ...(reference !== undefined && { reference }),
      ...(shopperEmail !== undefined && { shopperEmail }),
      ...(status !== undefined && { status }),
    };
    const read = (after: string | undefined, take: number) => this.subscriptions.list(filter, after, take);
    const clock = ZonedClock.of(timeZone);
    return pageById(query, ['subscriptions', filter], read, (row) =>
      subscriptionView(row, { code: row.productCode, name: row.productName }, clock),
    );
  }

  /** Returns a subscription with its product. */
  async get(reference: string): Promise<SubscriptionView> {
    const { accountId, timeZone } = this.context.actor;
    const subscription = await this.subscriptions.get(accountId, reference);
    const product = await this.products.get(subscription.productId);
    return subscriptionView(subscription, product, ZonedClock.of(timeZone));
  }
}
