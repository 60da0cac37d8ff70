import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, Matches } from 'class-validator';
import { PageQuery } from '../../http/paging/page.dto';
import { Characters, IsEmailAddress, LowerCased, Omittable } from '../../http/validation/dto-fields';
import { SUBSCRIPTION_STATUSES, type SubscriptionStatus } from './subscription.entity';

const REFERENCE = /^[A-Z0-9]{7,10}$/;

function IsSubscriptionReference(): PropertyDecorator {
  return applyDecorators(
    Matches(REFERENCE, { message: '$property must be 7 to 10 uppercase letters and digits' }),
    ApiProperty({ pattern: REFERENCE.source }),
  );
}

/** The path parameters of a subscription. */
export class SubscriptionParams {
  /**
   * The subscription's reference: 7 to 10 uppercase letters and digits.
   * @example "ABCD1234EF"
   */
  @IsSubscriptionReference()
  reference: string;
}

/** The filter for a list of subscriptions. */
export class SubscriptionsQuery extends PageQuery {
  /**
   * The reference of a subscription: 7 to 10 uppercase letters and digits. The list includes only this subscription.
   * @example "ABCD1234EF"
   */
  @Omittable()
  @IsSubscriptionReference()
  reference?: string;

  /**
   * The email address of a shopper: at most 254 characters. The list includes only subscriptions of this shopper.
   * @example "sara@shopper.example"
   */
  @Omittable()
  @LowerCased()
  @IsEmailAddress()
  @Characters(0, 254)
  shopperEmail?: string;

  /**
   * The status of subscriptions. The list includes only subscriptions in this status.
   * @example "active"
   */
  @ApiPropertyOptional({ enum: SUBSCRIPTION_STATUSES, enumName: 'SubscriptionStatus' })
  @Omittable()
  @IsIn(SUBSCRIPTION_STATUSES)
  status?: SubscriptionStatus;
}
