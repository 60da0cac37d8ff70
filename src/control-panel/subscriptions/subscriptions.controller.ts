import { Body, Controller, Get, HttpCode, HttpStatus, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { RequirePrivilege } from '../../access/guard/access-rule.decorator';
import { Privilege } from '../../access/privileges/privilege';
import { ActivityType } from '../../audit/catalogue/activity-type';
import {
  attemptedComment,
  attemptedParameter,
  Tracked,
  TracksPage,
  type Attempt,
} from '../../audit/tracking/tracked.decorator';
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

/** What a failed or denied attempt says of the subscription that it was about. */
const describeAttempt = (attempt: Attempt) => {
  const subscriptionReference = attemptedParameter(attempt, 'reference');
  return { ...(subscriptionReference !== undefined && { subscriptionReference }), ...attemptedComment(attempt) };
};

/** Subscriptions of the account's shoppers, and what a support representative may do to them. */
@ApiTags('Subscriptions')
@Controller('subscriptions')
@RequirePrivilege(Privilege.SubscriptionManagement)
export class SubscriptionsController {
  constructor(
    private readonly subscriptions: SubscriptionsService,
    private readonly actions: SubscriptionActionsService,
    private readonly upgrades: SubscriptionUpgradeService,
  ) {}

  /** Lists the account's subscriptions, newest first. Canceled and expired ones are listed too. */
  @Answers('A page of subscriptions.')
  @Get()
  @TracksPage('Subscriptions')
  list(@Query() query: SubscriptionsQuery): Promise<SubscriptionPage> {
    return this.subscriptions.list(query);
  }

  /** Shows one subscription. Its renewal says what it costs next, and when. */
  @Answers('The subscription.')
  @Fails('subscription_not_found')
  @Get(':reference')
  @TracksPage('Subscription')
  get(@Param() { reference }: SubscriptionParams): Promise<SubscriptionView> {
    return this.subscriptions.get(reference);
  }

  /**
   * Upgrades an active subscription to another product. The card is charged at once with the difference of both prices
   * for the rest of the cycle, by the millisecond, rounded half up to the currency's minor unit, never below 0; a price
   * for a cycle of another length counts by the month. The next renewals cost the new product's price.
   */
  @Post(':reference/upgrade')
  @HttpCode(HttpStatus.OK)
  @Answers('The subscription as it is now.')
  @Fails(
    'subscription_not_found',
    'product_not_found',
    'subscription_canceled',
    'subscription_expired',
    'upgrade_not_allowed',
    { code: 'currency_mismatch', detail: 'The subscription is paid in EUR; ABC-1 is sold in USD.' },
    'payment_declined',
  )
  @Tracked(ActivityType.SubscriptionUpgraded, describeAttempt)
  upgrade(@Param() { reference }: SubscriptionParams, @Body() request: UpgradeSubscription): Promise<SubscriptionView> {
    return this.upgrades.upgrade(reference, request);
  }

  /** Cancels an active subscription at once. It no longer renews, and its shopper can no longer use it. */
  @Post(':reference/cancel')
  @HttpCode(HttpStatus.OK)
  @Answers('The subscription as it is now.')
  @Fails('subscription_not_found', 'subscription_canceled', 'subscription_expired')
  @Tracked(ActivityType.SubscriptionCanceled, describeAttempt)
  cancel(@Param() { reference }: SubscriptionParams, @Body() request: CancelSubscription): Promise<SubscriptionView> {
    return this.actions.cancel(reference, request);
  }

  /** Enables a canceled subscription again, as long as it is not past its end. Its renewal is as it was. */
  @Post(':reference/enable')
  @HttpCode(HttpStatus.OK)
  @Answers('The subscription as it is now.')
  @Fails('subscription_not_found', 'subscription_active', 'subscription_expired', 'subscription_ended')
  @Tracked(ActivityType.SubscriptionEnabled, describeAttempt)
  enable(@Param() { reference }: SubscriptionParams, @Body() request: SubscriptionAction): Promise<SubscriptionView> {
    return this.actions.enable(reference, request);
  }

  /** Lets an active subscription end later, without charge. Its next renewal moves by the same days. */
  @Post(':reference/extend')
  @HttpCode(HttpStatus.OK)
  @Answers('The subscription as it is now.')
  @Fails('subscription_not_found', 'subscription_canceled', 'subscription_expired', 'end_too_late')
  @Tracked(ActivityType.SubscriptionExtended, describeAttempt)
  extend(@Param() { reference }: SubscriptionParams, @Body() request: ExtendSubscription): Promise<SubscriptionView> {
    return this.actions.extend(reference, request);
  }

  /** Stops the recurring billing of an active subscription. It runs out at its end. */
  @Post(':reference/renewal/stop')
  @HttpCode(HttpStatus.OK)
  @Answers('The subscription as it is now.')
  @Fails('subscription_not_found', 'subscription_canceled', 'subscription_expired', 'renewal_stopped')
  @Tracked(ActivityType.RecurringBillingStopped, describeAttempt)
  stopRenewal(@Param() { reference }: SubscriptionParams, @Body() request: StopRenewal): Promise<SubscriptionView> {
    return this.actions.stopRenewal(reference, request);
  }

  /** Enables automatic billing again for an active subscription whose billing was stopped. It renews at its end. */
  @Post(':reference/renewal/enable')
  @HttpCode(HttpStatus.OK)
  @Answers('The subscription as it is now.')
  @Fails('subscription_not_found', 'subscription_canceled', 'subscription_expired', 'renewal_automatic')
  @Tracked(ActivityType.AutomaticBillingEnabled, describeAttempt)
  enableRenewal(
    @Param() { reference }: SubscriptionParams,
    @Body() request: SubscriptionAction,
  ): Promise<SubscriptionView> {
    return this.actions.enableRenewal(reference, request);
  }

  /** Sets what the next renewals of an active subscription cost. After them its own price holds again. */
  @Put(':reference/renewal/price')
  @Answers('The subscription as it is now.')
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

  /** Changes the card that pays the renewals of a subscription that has not expired. A canceled one may be enabled later. */
  @Put(':reference/payment-method')
  @Answers('The subscription as it is now.')
  @Fails('subscription_not_found', 'subscription_expired', 'card_expired')
  @Tracked(ActivityType.CreditCardChanged, describeAttempt)
  changePaymentMethod(
    @Param() { reference }: SubscriptionParams,
    @Body() request: ChangePaymentMethod,
  ): Promise<SubscriptionView> {
    return this.actions.changePaymentMethod(reference, request);
  }
}
