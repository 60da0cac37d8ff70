import { Injectable } from '@nestjs/common';
import { RequestContext } from '../../context/request-context';
import { pageById } from '../../http/paging/paging';
import { SubscriptionViews } from './subscription-views';
import type { SubscriptionPage, SubscriptionsQuery, SubscriptionView } from './subscriptions.dto';
import { SubscriptionsRepository } from './subscriptions.repository';

/** The subscriptions of the account's shoppers. */
@Injectable()
export class SubscriptionsService {
  constructor(
    private readonly subscriptions: SubscriptionsRepository,
    private readonly views: SubscriptionViews,
    private readonly context: RequestContext,
  ) {}

  async list({ reference, shopperEmail, status, ...query }: SubscriptionsQuery): Promise<SubscriptionPage> {
    const filter = {
      accountId: this.context.actor.accountId,
      ...(reference !== undefined && { reference }),
      ...(shopperEmail !== undefined && { shopperEmail }),
      ...(status !== undefined && { status }),
    };
    const read = (after: string | undefined, take: number) => this.subscriptions.list(filter, after, take);
    const page = await pageById(query, ['subscriptions', filter], read, (subscription) => subscription);
    return { ...page, data: await this.views.of(page.data) };
  }

  async get(reference: string): Promise<SubscriptionView> {
    return this.views.ofOne(await this.subscriptions.get(this.context.actor.accountId, reference));
  }
}
