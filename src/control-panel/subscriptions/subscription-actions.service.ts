import { Injectable } from '@nestjs/common';
import { ActivityType } from '../../audit/catalogue/activity-type';
import { inBody } from '../../http/problems/request-field';
import { CurrentActivity } from '../../audit/recording/current-activity';
import { UnitOfWork } from '../../database/unit-of-work';
import { readAmount } from '../../http/validation/read-amount';
import { Clock } from '../../lib/time/clock';
import { cardView } from '../payments/card.view';
import type {
  CancelSubscription,
  ChangePaymentMethod,
  ExtendSubscription,
  SetRenewalPrice,
  StopRenewal,
  SubscriptionAction,
} from './subscription-actions.dto';
import { recordFieldsOf, SubscriptionChanges } from './subscription-changes';
import {
  assertActive,
  assertCanBeEnabled,
  assertCardNotExpired,
  assertNotExpired,
  assertNotTooLate,
  assertRenewalDiffers,
  assertSameCurrency,
} from './subscription.rules';

import type { SubscriptionView } from './subscription.view';

/** One day, in milliseconds. */
const DAY = 24 * 60 * 60_000;

/** The actions of representatives on subscriptions, except for the upgrade, which charges the card. */
@Injectable()
export class SubscriptionActionsService {
  constructor(
    private readonly subscriptions: SubscriptionChanges,
    private readonly unitOfWork: UnitOfWork,
    private readonly activity: CurrentActivity,
    private readonly clock: Clock,
  ) {}

  /** Cancels an active subscription. */
  cancel(reference: string, { reason, comment }: CancelSubscription): Promise<SubscriptionView> {
    return this.unitOfWork.run(async () => {
      const subscription = await this.subscriptions.lock(reference);
      const record = { ...recordFieldsOf(subscription, comment), details: { reason } };
      this.activity.describe(ActivityType.SubscriptionCanceled, record);
      assertActive(subscription);
      return this.subscriptions.save(subscription, { status: 'canceled' });
    });
  }

  /** Enables a canceled subscription that has not reached its end. */
  enable(reference: string, { comment }: SubscriptionAction): Promise<SubscriptionView> {
    return this.unitOfWork.run(async () => {
      const subscription = await this.subscriptions.lock(reference);
      this.activity.describe(ActivityType.SubscriptionEnabled, recordFieldsOf(subscription, comment));
      assertCanBeEnabled(subscription, this.clock.now());
      return this.subscriptions.save(subscription, { status: 'active' });
    });
  }

  /** Moves the end of an active subscription into the future by a number of days. */
  extend(reference: string, { days, comment }: ExtendSubscription): Promise<SubscriptionView> {
    return this.unitOfWork.run(async () => {
      const subscription = await this.subscriptions.lock(reference);
      const record = { ...recordFieldsOf(subscription, comment), details: { days } };
      this.activity.describe(ActivityType.SubscriptionExtended, record);
      assertActive(subscription);
      const endsAt = new Date(subscription.endsAt.getTime() + days * DAY);
      assertNotTooLate(endsAt, this.clock.now());
      return this.subscriptions.save(subscription, { endsAt });
    });
  }

  /** Stops the recurring billing of an active subscription. */
  stopRenewal(reference: string, { reason, comment }: StopRenewal): Promise<SubscriptionView> {
    return this.unitOfWork.run(async () => {
      const subscription = await this.subscriptions.lock(reference);
      const record = { ...recordFieldsOf(subscription, comment), details: { reason } };
      this.activity.describe(ActivityType.RecurringBillingStopped, record);
      assertActive(subscription);
      assertRenewalDiffers(subscription, 'stopped');
      return this.subscriptions.save(subscription, { renewal: 'stopped' });
    });
  }

  /** Enables the automatic billing of an active subscription again. */
  enableRenewal(reference: string, { comment }: SubscriptionAction): Promise<SubscriptionView> {
    return this.unitOfWork.run(async () => {
      const subscription = await this.subscriptions.lock(reference);
      this.activity.describe(ActivityType.AutomaticBillingEnabled, recordFieldsOf(subscription, comment));
      assertActive(subscription);
      assertRenewalDiffers(subscription, 'automatic');
      return this.subscriptions.save(subscription, { renewal: 'automatic' });
    });
  }

  /** Sets the price of the next renewals of an active subscription. */
  setRenewalPrice(reference: string, request: SetRenewalPrice): Promise<SubscriptionView> {
    return this.unitOfWork.run(async () => {
      const { currency, billingCycles, comment } = request;
      const subscription = await this.subscriptions.lock(reference);
      const amount = readAmount(inBody('price'), request.price, currency);
      this.activity.describe(ActivityType.SubscriptionPriceChanged, {
        ...recordFieldsOf(subscription, comment),
        amount,
        currency,
        billingCycles,
        details: { currency: subscription.currency },
      });
      assertActive(subscription);
      assertSameCurrency(subscription, currency);
      return this.subscriptions.save(subscription, { renewalPrice: amount, renewalCycles: billingCycles });
    });
  }

  /** Changes the card that pays the renewals of a subscription that has not expired. */
  changePaymentMethod(reference: string, { comment, ...card }: ChangePaymentMethod): Promise<SubscriptionView> {
    return this.unitOfWork.run(async () => {
      const subscription = await this.subscriptions.lock(reference);
      const record = { ...recordFieldsOf(subscription, comment), details: { card: cardView(card) } };
      this.activity.describe(ActivityType.CreditCardChanged, record);
      assertNotExpired(subscription);
      assertCardNotExpired(card, this.clock.now());
      return this.subscriptions.save(subscription, { card });
    });
  }
}
