import type { DetailsOf } from '../../audit/catalogue/activity-details';
import { ActivityType } from '../../audit/catalogue/activity-type';
import type { RecordedAction } from '../../audit/recording/activity-row';
import { findChanges } from '../../audit/recording/find-changes';
import { cardView } from '../../control-panel/payments/card.view';
import { proratePriceDifference } from '../../control-panel/subscriptions/billing-cycle';
import { CANCELLATION_REASONS, STOP_REASONS } from '../../control-panel/subscriptions/subscription-actions.dto';
import { recordFieldsOf } from '../../control-panel/subscriptions/subscription-changes';
import type { Subscription } from '../../control-panel/subscriptions/subscription.entity';
import { subscriptionView } from '../../control-panel/subscriptions/subscription.view';
import type { SeededRandom } from '../../lib/seeded-random';
import { sha256 } from '../../lib/sha256';
import { ZonedClock } from '../../lib/time/zoned-time';
import { DEMO_ACCOUNT } from '../accounts/demo-accounts';
import { failed, succeeded } from '../accounts/demo-record';
import { pickComment } from './demo-comments';
import type { DemoShop } from './demo-shop';
import { createCard } from './demo-shoppers';

const DAY = 24 * 60 * 60_000;

/** The activity types of changes to a subscription that have no amount. */
type PlainChange =
  | typeof ActivityType.SubscriptionCanceled
  | typeof ActivityType.SubscriptionEnabled
  | typeof ActivityType.SubscriptionExtended
  | typeof ActivityType.RecurringBillingStopped
  | typeof ActivityType.AutomaticBillingEnabled
  | typeof ActivityType.CreditCardChanged;

/** Changes the demo's subscriptions, by the rules of the service. Each method returns undefined if none is suitable. */
export class DemoSubscriptions {
  private readonly clock = ZonedClock.of(DEMO_ACCOUNT.timeZone);

  constructor(
    private readonly shop: DemoShop,
    private readonly random: SeededRandom,
  ) {}

  cancel(at: Date): RecordedAction | undefined {
    const reason = this.random.pick(CANCELLATION_REASONS);
    return this.change(ActivityType.SubscriptionCanceled, at, isActive, () => ({ status: 'canceled' }), { reason });
  }

  enable(at: Date): RecordedAction | undefined {
    const canBeEnabled = ({ status, endsAt }: Subscription) => status === 'canceled' && endsAt > at;
    return this.change(ActivityType.SubscriptionEnabled, at, canBeEnabled, () => ({ status: 'active' }));
  }

  extend(at: Date): RecordedAction | undefined {
    const days = this.random.pick([7, 14, 30, 30, 60, 90]);
    const extended = ({ endsAt }: Subscription) => ({ endsAt: new Date(endsAt.getTime() + days * DAY) });
    return this.change(ActivityType.SubscriptionExtended, at, isActive, extended, { days });
  }

  stopRenewal(at: Date): RecordedAction | undefined {
    const reason = this.random.pick(STOP_REASONS);
    const renews = (subscription: Subscription) => isActive(subscription) && subscription.renewal === 'automatic';
    return this.change(ActivityType.RecurringBillingStopped, at, renews, () => ({ renewal: 'stopped' }), { reason });
  }

  enableRenewal(at: Date): RecordedAction | undefined {
    const isStopped = (subscription: Subscription) => isActive(subscription) && subscription.renewal === 'stopped';
    return this.change(ActivityType.AutomaticBillingEnabled, at, isStopped, () => ({ renewal: 'automatic' }));
  }

  changeCard(at: Date): RecordedAction | undefined {
    const card = createCard(this.random, at);
    const hasNotExpired = ({ status }: Subscription) => status !== 'expired';
    return this.change(ActivityType.CreditCardChanged, at, hasNotExpired, () => ({ card }), { card: cardView(card) });
  }

  /** Sets a lower price for the next renewals. */
  setPrice(at: Date): RecordedAction | undefined {
    const subscription = this.pick(at, isActive);
    if (!subscription) return undefined;
    const { currency, price } = subscription;
    const amount = Math.round((price * (60 + 5 * this.random.integerBelow(8))) / 100);
    const billingCycles = 1 + this.random.integerBelow(6);
    const fields = recordFieldsOf(subscription, pickComment(this.random));
    const details = this.apply(subscription, { renewalPrice: amount, renewalCycles: billingCycles });
    return succeeded(ActivityType.SubscriptionPriceChanged, {
      ...fields,
      amount,
      currency,
      billingCycles,
      details: { currency, ...details },
    });
  }

  /** Upgrades a subscription to the next better product, and charges the difference in price. */
  upgrade(at: Date): RecordedAction | undefined {
    const { catalog } = this.shop;
    const upgradeOf = ({ productId }: Subscription) => catalog.findUpgrade(catalog.getById(productId));
    const subscription = this.pick(at, (one) => isActive(one) && upgradeOf(one) !== undefined);
    const product = subscription && upgradeOf(subscription);
    if (!product) return undefined;
    const { reference, quantity, currency, productId } = subscription;
    const { billingCycleMonths } = product;
    const price = product.price * quantity;
    const amount = proratePriceDifference(subscription, { price, billingCycleMonths }, at);
    const key = `subscription:${reference}:upgrade:${sha256(`${productId} ${product.id}`).slice(0, 32)}`;
    this.shop.move('charge', subscription, { key, amount }, at);
    const fields = recordFieldsOf(subscription, pickComment(this.random));
    const changed = { productId: product.id, price, billingCycleMonths, renewalPrice: null, renewalCycles: null };
    const details = this.apply(subscription, changed);
    return succeeded(ActivityType.SubscriptionUpgraded, {
      ...fields,
      amount,
      currency,
      billingCycles: 1,
      details: { productCode: product.code, currency, ...details },
    });
  }

  /** Tries something that the status of the subscription does not allow. */
  attemptRefusedAction(at: Date): RecordedAction | undefined {
    const { random } = this;
    const [type, error, condition] = random.pick(REFUSALS);
    const subscription = this.pick(at, condition);
    if (!subscription) return undefined;
    const comment = pickComment(random);
    return failed(type, error, recordFieldsOf(subscription, comment));
  }

  /** Picks a subscription, as it is at this time. */
  private pick(at: Date, condition: (subscription: Subscription) => boolean): Subscription | undefined {
    const { orders } = this.shop;
    const order = this.random.pickWhere(orders, ({ subscriptions }) =>
      subscriptions.some((subscription) => {
        this.shop.renew(subscription, at);
        return condition(subscription);
      }),
    );
    return order?.subscriptions.find(condition);
  }

  private change(
    type: PlainChange,
    at: Date,
    condition: (subscription: Subscription) => boolean,
    changedColumns: (subscription: Subscription) => Partial<Subscription>,
    details: DetailsOf<PlainChange> = {},
  ): RecordedAction | undefined {
    const subscription = this.pick(at, condition);
    if (!subscription) return undefined;
    const fields = recordFieldsOf(subscription, pickComment(this.random));
    const changes = this.apply(subscription, changedColumns(subscription));
    return succeeded(type, { ...fields, details: { ...details, ...changes } });
  }

  /** Changes a subscription, and returns the changes as the details of a record. */
  private apply(subscription: Subscription, changedColumns: Partial<Subscription>) {
    const before = this.viewOf(subscription);
    Object.assign(subscription, changedColumns);
    return { changes: findChanges(before, this.viewOf(subscription)) };
  }

  private viewOf(subscription: Subscription) {
    return subscriptionView(subscription, this.shop.catalog.getById(subscription.productId), this.clock);
  }
}

function isActive({ status }: Subscription): boolean {
  return status === 'active';
}

const isCanceled = ({ status }: Subscription) => status === 'canceled';

/** What the status of a subscription does not allow, and the problem with which the service refuses it. */
const REFUSALS: readonly (readonly [ActivityType, string, (subscription: Subscription) => boolean])[] = [
  [ActivityType.SubscriptionCanceled, 'subscription_canceled', isCanceled],
  [ActivityType.SubscriptionExtended, 'subscription_canceled', isCanceled],
  [ActivityType.SubscriptionPriceChanged, 'subscription_canceled', isCanceled],
  [ActivityType.SubscriptionEnabled, 'subscription_active', isActive],
  [ActivityType.RecurringBillingStopped, 'renewal_stopped', (one) => isActive(one) && one.renewal === 'stopped'],
  [ActivityType.AutomaticBillingEnabled, 'renewal_automatic', (one) => isActive(one) && one.renewal === 'automatic'],
];
