import { Body, Controller, Get, HttpCode, HttpStatus, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { RequirePrivilege } from '../../access/guard/access-rule.decorator';
import { Privilege } from '../../access/privileges/privilege';
import { ActivityType } from '../../audit/catalogue/activity-type';
import type { Attempt } from '../../audit/tracking/tracked-route';
import { commentOf, pathParameterOf, Tracked, TracksPage } from '../../audit/tracking/tracked.decorator';
import { Answers } from '../../http/contract/answers.decorator';
import { Fails } from '../../http/problems/fails.decorator';
import {
  CancelSubscription,
  ChangePaymentMethod,
  ExtendSubscription,
  SetRenewalPrice,
  StopRenewal,
  SubscriptionAction,
  UpgradeSubscription,
} from './subscription-actions.dto';
import { SubscriptionActionsService } from './subscription-actions.service';
import { SubscriptionUpgradeService } from './subscription-upgrade.service';
import { SubscriptionPage, SubscriptionView } from './subscription.view';
import { SubscriptionParams, SubscriptionsQuery } from './subscriptions.dto';
import { SubscriptionsService } from './subscriptions.service';

/** Describes the subscription that a failed or denied attempt was about. */
const describeAttempt = (attempt: Attempt) => {
  const subscriptionReference = pathParameterOf(attempt, 'reference');
  return { ...(subscriptionReference !== undefined && { subscriptionReference }), ...commentOf(attempt) };
};

/** Subscriptions of shoppers, and what a support representative can do with them. */
@ApiTags('Subscriptions')
@Controller('subscriptions')
@RequirePrivilege(Privilege.SubscriptionManagement)
export class SubscriptionsController {
  constructor(
    private readonly subscriptions: SubscriptionsService,
    private readonly actions: SubscriptionActionsService,
    private readonly upgrades: SubscriptionUpgradeService,
  ) {}

  /** Lists the account's subscriptions, newest first. The list includes canceled and expired subscriptions. */
  @Answers('A page of subscriptions.')
  @Get()
  @TracksPage('Subscriptions')
  list(@Query() query: SubscriptionsQuery): Promise<SubscriptionPage> {
    return this.subscriptions.list(query);
  }

  /** Returns a subscription. The response includes its next renewal and the card that is charged for it. */
  @Answers('The subscription.')
  @Fails('subscription_not_found')
  @Get(':reference')
  @TracksPage('Subscription')
  get(@Param() { reference }: SubscriptionParams): Promise<SubscriptionView> {
    return this.subscriptions.get(reference);
  }

  /**
   * Upgrades an active subscription to another product. The card is charged immediately with the difference between the
   * two prices, prorated to the millisecond for the rest of the billing cycle. If the two billing cycles differ in
   * length, the new price is first converted to the length of the current one, in months. The amount is rounded half up
   * to the currency's minor unit, and is never negative. From the next renewal on, the subscription costs the new
   * product's price.
   */
  @Post(':reference/upgrade')
  @HttpCode(HttpStatus.OK)
  @Answers('The updated subscription.')
  @Fails(
    'subscription_not_found',
    'product_not_found',
    'subscription_canceled',
    'subscription_expired',
    'upgrade_not_allowed',
    { code: 'currency_mismatch', detail: 'The subscription is paid in EUR; ABC-1 is sold in USD.' },
    {
      code: 'total_too_large',
      detail:
        'The price for 1000 unit(s), or the charge for the rest of the billing cycle, exceeds the largest supported amount.',
    },
    'payment_declined',
  )
  @Tracked(ActivityType.SubscriptionUpgraded, describeAttempt)
  upgrade(@Param() { reference }: SubscriptionParams, @Body() request: UpgradeSubscription): Promise<SubscriptionView> {
    return this.upgrades.upgrade(reference, request);
  }

  /** Cancels an active subscription immediately. It no longer renews, and the shopper can no longer use it. */
  @Post(':reference/cancel')
  @HttpCode(HttpStatus.OK)
  @Answers('The updated subscription.')
  @Fails('subscription_not_found', 'subscription_canceled', 'subscription_expired')
  @Tracked(ActivityType.SubscriptionCanceled, describeAttempt)
  cancel(@Param() { reference }: SubscriptionParams, @Body() request: CancelSubscription): Promise<SubscriptionView> {
    return this.actions.cancel(reference, request);
  }

  /** Enables a canceled subscription again, unless its end has passed. Its renewal setting does not change. */
  @Post(':reference/enable')
  @HttpCode(HttpStatus.OK)
  @Answers('The updated subscription.')
  @Fails('subscription_not_found', 'subscription_active', 'subscription_expired', 'subscription_ended')
  @Tracked(ActivityType.SubscriptionEnabled, describeAttempt)
  enable(@Param() { reference }: SubscriptionParams, @Body() request: SubscriptionAction): Promise<SubscriptionView> {
    return this.actions.enable(reference, request);
  }

  /**
   * Extends an active subscription free of charge. Its end moves by the given number of days, and can be at most 100
   * years from now.
   */
  @Post(':reference/extend')
  @HttpCode(HttpStatus.OK)
  @Answers('The updated subscription.')
  @Fails('subscription_not_found', 'subscription_canceled', 'subscription_expired', 'end_too_late')
  @Tracked(ActivityType.SubscriptionExtended, describeAttempt)
  extend(@Param() { reference }: SubscriptionParams, @Body() request: ExtendSubscription): Promise<SubscriptionView> {
    return this.actions.extend(reference, request);
  }

  /** Stops the recurring billing of an active subscription. The subscription then expires at its end. */
  @Post(':reference/renewal/stop')
  @HttpCode(HttpStatus.OK)
  @Answers('The updated subscription.')
  @Fails('subscription_not_found', 'subscription_canceled', 'subscription_expired', 'renewal_stopped')
  @Tracked(ActivityType.RecurringBillingStopped, describeAttempt)
  stopRenewal(@Param() { reference }: SubscriptionParams, @Body() request: StopRenewal): Promise<SubscriptionView> {
    return this.actions.stopRenewal(reference, request);
  }

  /** Enables automatic billing for an active subscription again. The subscription then renews at its end. */
  @Post(':reference/renewal/enable')
  @HttpCode(HttpStatus.OK)
  @Answers('The updated subscription.')
  @Fails('subscription_not_found', 'subscription_canceled', 'subscription_expired', 'renewal_automatic')
  @Tracked(ActivityType.AutomaticBillingEnabled, describeAttempt)
  enableRenewal(
    @Param() { reference }: SubscriptionParams,
    @Body() request: SubscriptionAction,
  ): Promise<SubscriptionView> {
    return this.actions.enableRenewal(reference, request);
  }

  /**
   * Sets the price of the next renewals of an active subscription. Later renewals cost the subscription's regular
   * price.
   */
  @Put(':reference/renewal/price')
  @Answers('The updated subscription.')
  @Fails(
    'subscription_not_found',
    'subscription_canceled',
    'subscription_expired',
    'amount_invalid',
    'currency_mismatch',
  )
  @Tracked(ActivityType.SubscriptionPriceChanged, describeAttempt)
  setRenewalPrice(
    @Param() { reference }: SubscriptionParams,
    @Body() request: SetRenewalPrice,
  ): Promise<SubscriptionView> {
    return this.actions.setRenewalPrice(reference, request);
  }

  /** Changes the card that is charged for renewals. The subscription can be active or canceled, but not expired. */
  @Put(':reference/payment-method')
  @Answers('The updated subscription.')
  @Fails('subscription_not_found', 'subscription_expired', 'card_expired')
  @Tracked(ActivityType.CreditCardChanged, describeAttempt)
  changePaymentMethod(
    @Param() { reference }: SubscriptionParams,
    @Body() request: ChangePaymentMethod,
  ): Promise<SubscriptionView> {
    return this.actions.changePaymentMethod(reference, request);
  }
}
