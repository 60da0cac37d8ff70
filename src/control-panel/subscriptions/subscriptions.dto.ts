import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsEmail, IsIn, Matches } from 'class-validator';
import { PageQuery } from '../../http/paging/page.dto';
import { Characters, LowerCased, Omittable } from '../../http/validation/dto-fields';

import { SUBSCRIPTION_STATUSES, type SubscriptionStatus } from './subscription.entity';

const REFERENCE = /^[A-Z0-9]{10}$/;

/** Path of a subscription. */
export class SubscriptionParams {
  /**
   * Reference of the subscription: ten letters and digits.
   * @example "ABCD1234EF"
   */
  @Matches(REFERENCE)
  reference: string;
}

/** Which subscriptions to list. */
export class SubscriptionsQuery extends PageQuery {
  /** Only the subscription of this reference. */
  @Omittable()
  @Matches(REFERENCE)
  reference?: string;

  /** Only subscriptions of the shopper with this e-mail. */
  @Omittable()
  @LowerCased()
  @IsEmail()
  @Characters(0, 254)
  shopperEmail?: string;

  /** Only subscriptions in this status. */
  @ApiPropertyOptional({ enum: SUBSCRIPTION_STATUSES, enumName: 'SubscriptionStatus' })
  @Omittable()
  @IsIn(SUBSCRIPTION_STATUSES)
  status?: SubscriptionStatus;
}
