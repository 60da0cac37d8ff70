import { HttpStatus, Injectable } from '@nestjs/common';
import { ActivityType } from '../../audit/catalogue/activity-type';
import { CurrentActivity } from '../../audit/recording/current-activity';
import { UnitOfWork } from '../../database/unit-of-work';
import { Problem } from '../../http/problems/problem';
import { readAmount } from '../../http/validation/read-amount';
import { Clock } from '../../lib/time/clock';
import type {
  CancelSubscription,
  ChangePaymentMethod,
  ExtendSubscription,
  SetRenewalPrice,
  StopRenewal,
  SubscriptionAction,
} from './subscription-actions.dto';
import { recordFieldsOf, SubscriptionChanges } from './subscription-changes';
import { assertActive, assertCanBeEnabled, assertNotExpired, assertRenewalDiffers } from './subscription-rules';
import type { Subscription } from './subscription.entity';
import type { SubscriptionView } from './subscriptions.dto';

const DAY = 24 * 60 * 60_000;
/** Days from now beyond which nothing is extended: about a hundred years. */
const FURTHEST_END = 36_525;

/** What a support representative may do to a subscription, except for an upgrade, which charges the card. */
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

  /** Enables a canceled subscription whose end has not come yet. */
  enable(reference: string, { comment }: SubscriptionAction): Promise<SubscriptionView> {
    return this.unitOfWork.run(async () => {
      const subscription = await this.subscriptions.lock(reference);
      this.activity.describe(ActivityType.SubscriptionEnabled, recordFieldsOf(subscription, comment));
      assertCanBeEnabled(subscription, this.clock.now());
      return this.subscriptions.save(subscription, { status: 'active' });
    });
  }

  /** Moves the end of an active subscription by some days. */
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
      const amount = readAmount('price', request.price, currency);
      const record = { ...recordFieldsOf(subscription, comment), amount, currency, billingCycles };
      this.activity.describe(ActivityType.SubscriptionPriceChanged, record);
      assertActive(subscription);
      assertSameCurrency(subscription, currency);
      return this.subscriptions.save(subscription, { renewalPrice: amount, renewalCycles: billingCycles });
    });
  }

  /** Changes the card that pays the renewals of a subscription that has not expired. */
  changePaymentMethod(reference: string, { comment, ...card }: ChangePaymentMethod): Promise<SubscriptionView> {
    return this.unitOfWork.run(async () => {
      const subscription = await this.subscriptions.lock(reference);
      this.activity.describe(ActivityType.CreditCardChanged, recordFieldsOf(subscription, comment));
      assertNotExpired(subscription);
      assertGoodCard(card, this.clock.now());
      return this.subscriptions.save(subscription, { card });
    });
  }
}

/** Refuses an end of a subscription that lies too far ahead. */
function assertNotTooLate(endsAt: Date, now: Date): void {
  if (endsAt.getTime() <= now.getTime() + FURTHEST_END * DAY) return;
  const message = 'The subscription would end in more than a hundred years.';
  throw Problem.ofField(HttpStatus.UNPROCESSABLE_ENTITY, 'end_too_late', 'days', message);
}

/** Refuses an expired card. A card is good until the end of its month, in UTC. */
function assertGoodCard({ expires }: { readonly expires: string }, now: Date): void {
  if (expires >= now.toISOString().slice(0, 7)) return;
  const message = `The card was good until ${expires} only.`;
  throw Problem.ofField(HttpStatus.UNPROCESSABLE_ENTITY, 'card_expired', 'expires', message);
}

function assertSameCurrency({ currency }: Subscription, wanted: string): void {
  if (currency === wanted) return;
  const message = `The subscription is paid in ${currency}; its price can not be in ${wanted}.`;
  throw Problem.ofField(HttpStatus.UNPROCESSABLE_ENTITY, 'currency_mismatch', 'currency', message);
}
