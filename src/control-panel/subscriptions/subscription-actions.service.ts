import { HttpStatus, Injectable } from '@nestjs/common';
import { ActivityType } from '../../audit/catalogue/activity-type';
import { CurrentActivity } from '../../audit/recording/current-activity';
import { Clock } from '../../lib/time/clock';
import { readAmount } from '../../http/validation/read-amount';
import { Problem } from '../../http/problems/problem';
import type { Subscription } from './subscription.entity';
import type {
  CancelSubscription,
  ChangePaymentMethod,
  ExtendSubscription,
  SetRenewalPrice,
  StopRenewal,
  SubscriptionAction,
} from './subscription-actions.dto';
import { SubscriptionChanges, type AboutSubscription } from './subscription-changes';
import { assertActive, assertCanBeEnabled, assertNotExpired, assertRenewalDiffers } from './subscription-rules';
import type { SubscriptionView } from './subscriptions.dto';

const DAY = 24 * 60 * 60_000;
/** Days from now beyond which nothing is extended: about a hundred years. */
const FURTHEST_END = 36_525;

/** The activities whose records need nothing but the subscription. */
type PlainActivity =
  | typeof ActivityType.SubscriptionCanceled
  | typeof ActivityType.SubscriptionEnabled
  | typeof ActivityType.SubscriptionExtended
  | typeof ActivityType.RecurringBillingStopped
  | typeof ActivityType.AutomaticBillingEnabled
  | typeof ActivityType.CreditCardChanged;

/** What a representative may do to a subscription; an upgrade, which takes money, aside. */
@Injectable()
export class SubscriptionActionsService {
  constructor(
    private readonly changes: SubscriptionChanges,
    private readonly activity: CurrentActivity,
    private readonly clock: Clock,
  ) {}

  cancel(reference: string, { reason, comment }: CancelSubscription): Promise<SubscriptionView> {
    return this.make(ActivityType.SubscriptionCanceled, reference, comment, { reason }, (subscription) => {
      assertActive(subscription);
      return { status: 'canceled' };
    });
  }

  enable(reference: string, { comment }: SubscriptionAction): Promise<SubscriptionView> {
    return this.make(ActivityType.SubscriptionEnabled, reference, comment, {}, (subscription) => {
      assertCanBeEnabled(subscription, this.clock.now());
      return { status: 'active' };
    });
  }

  extend(reference: string, { days, comment }: ExtendSubscription): Promise<SubscriptionView> {
    return this.make(ActivityType.SubscriptionExtended, reference, comment, { days }, (subscription) => {
      assertActive(subscription);
      const endsAt = new Date(subscription.endsAt.getTime() + days * DAY);
      if (endsAt.getTime() <= this.clock.now().getTime() + FURTHEST_END * DAY) return { endsAt };
      const message = 'The subscription would end in more than a hundred years.';
      throw Problem.ofField(HttpStatus.UNPROCESSABLE_ENTITY, 'end_too_late', 'days', message);
    });
  }

  stopRenewal(reference: string, { reason, comment }: StopRenewal): Promise<SubscriptionView> {
    return this.make(ActivityType.RecurringBillingStopped, reference, comment, { reason }, (subscription) => {
      assertActive(subscription);
      assertRenewalDiffers(subscription, 'stopped');
      return { renewal: 'stopped' };
    });
  }

  enableRenewal(reference: string, { comment }: SubscriptionAction): Promise<SubscriptionView> {
    return this.make(ActivityType.AutomaticBillingEnabled, reference, comment, {}, (subscription) => {
      assertActive(subscription);
      assertRenewalDiffers(subscription, 'automatic');
      return { renewal: 'automatic' };
    });
  }

  setRenewalPrice(reference: string, request: SetRenewalPrice): Promise<SubscriptionView> {
    const { currency, billingCycles, comment } = request;
    const type = ActivityType.SubscriptionPriceChanged;
    return this.changes.make(type, reference, comment, (subscription, about) => {
      const amount = readAmount('price', request.price, currency);
      const record = { ...about, amount, currency, billingCycles };
      this.activity.describe(type, record);
      assertActive(subscription);
      assertSameCurrency(subscription, currency);
      return { changed: { renewalPrice: amount, renewalCycles: billingCycles }, record };
    });
  }

  changePaymentMethod(reference: string, { comment, ...card }: ChangePaymentMethod): Promise<SubscriptionView> {
    return this.make(ActivityType.CreditCardChanged, reference, comment, {}, (subscription) => {
      assertNotExpired(subscription);
      this.assertGood(card);
      return { card };
    });
  }

  /** Makes a change that its record needs no amount for; `asked` is what the request asked for, for the details. */
  private make(
    type: PlainActivity,
    reference: string,
    comment: string | null | undefined,
    asked: Readonly<Record<string, unknown>>,
    decide: (subscription: Subscription) => Partial<Subscription>,
  ): Promise<SubscriptionView> {
    return this.changes.make(type, reference, comment, (subscription, about: AboutSubscription) => {
      const record = { ...about, details: asked };
      this.activity.describe(type, record);
      return { changed: decide(subscription), record };
    });
  }

  /** A card is good until the end of its month, in UTC. */
  private assertGood({ expires }: { readonly expires: string }): void {
    if (expires >= this.clock.now().toISOString().slice(0, 7)) return;
    const message = `The card was good until ${expires} only.`;
    throw Problem.ofField(HttpStatus.UNPROCESSABLE_ENTITY, 'card_expired', 'expires', message);
  }
}

function assertSameCurrency({ currency }: Subscription, wanted: string): void {
  if (currency === wanted) return;
  const message = `The subscription is paid in ${currency}; its price can not be in ${wanted}.`;
  throw Problem.ofField(HttpStatus.UNPROCESSABLE_ENTITY, 'currency_mismatch', 'currency', message);
}
