import { Injectable } from '@nestjs/common';
import type { ActivityFields, FieldsOf } from '../../audit/catalogue/activity-fields';
import type { ActivityType } from '../../audit/catalogue/activity-type';
import { changes } from '../../audit/recording/changes';
import { CurrentActivity } from '../../audit/recording/current-activity';
import { RequestContext } from '../../context/request-context';
import type { Subscription } from './subscription.entity';
import { SubscriptionViews } from './subscription-views';
import type { SubscriptionView } from './subscriptions.dto';
import { SubscriptionsRepository } from './subscriptions.repository';

/** What every record about a subscription says. */
export type AboutSubscription = Pick<ActivityFields, 'subscriptionReference' | 'orderReference'> &
  Partial<Pick<ActivityFields, 'comment'>>;

/** What an action decided: the columns to change, and what its record says of it. */
export interface Decision<Type extends ActivityType> {
  readonly changed: Partial<Subscription>;
  readonly record: FieldsOf<Type>;
}

/** Changes one subscription at a time per row, and tells the record what changed from what to what. */
@Injectable()
export class SubscriptionChanges {
  constructor(
    private readonly subscriptions: SubscriptionsRepository,
    private readonly views: SubscriptionViews,
    private readonly context: RequestContext,
    private readonly activity: CurrentActivity,
  ) {}

  /**
   * Locks the subscription, lets the action decide, and writes what it decided. The action throws where the state does
   * not allow it; what it describes before that stays in the record of the failure.
   */
  async make<Type extends ActivityType>(
    type: Type,
    reference: string,
    comment: string | null | undefined,
    decide: (subscription: Subscription, about: AboutSubscription) => Promise<Decision<Type>> | Decision<Type>,
  ): Promise<SubscriptionView> {
    const before = await this.subscriptions.getForUpdate(this.context.actor.accountId, reference);
    const about = {
      subscriptionReference: reference,
      orderReference: before.orderReference,
      ...(comment && { comment }),
    };
    const { changed, record } = await decide(before, about);
    await this.subscriptions.update(before.id, changed);
    const [was, is] = await this.views.of([before, { ...before, ...changed }]);
    const details = { ...record.details, changes: changes(was!, is!) };
    this.activity.describe(type, { ...record, details });
    return is!;
  }
}
