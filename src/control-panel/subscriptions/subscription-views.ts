import { Injectable } from '@nestjs/common';
import { RequestContext } from '../../context/request-context';
import { formatAmount } from '../../lib/money';
import { ZonedClock } from '../../lib/time/zoned-time';
import type { Product } from '../catalog/product.entity';
import { ProductsRepository } from '../catalog/products.repository';
import { cardView } from '../payments/payment-method.dto';
import type { Subscription } from './subscription.entity';
import type { SubscriptionView } from './subscriptions.dto';

/** Shows subscriptions with their products, on the clocks of the actor's account. */
@Injectable()
export class SubscriptionViews {
  constructor(
    private readonly products: ProductsRepository,
    private readonly context: RequestContext,
  ) {}

  async of(subscriptions: readonly Subscription[]): Promise<SubscriptionView[]> {
    const products = await this.products.findByIds([...new Set(subscriptions.map(({ productId }) => productId))]);
    const byId = new Map(products.map((product) => [product.id, product]));
    const clock = new ZonedClock(this.context.actor.timeZone);
    return subscriptions.map((subscription) => view(subscription, byId.get(subscription.productId)!, clock));
  }

  async ofOne(subscription: Subscription): Promise<SubscriptionView> {
    const [shown] = await this.of([subscription]);
    return shown!;
  }
}

function view(subscription: Subscription, product: Product, clock: ZonedClock): SubscriptionView {
  const { currency, renewalPrice } = subscription;
  return {
    reference: subscription.reference,
    orderReference: subscription.orderReference,
    productCode: product.code,
    productName: product.name,
    quantity: subscription.quantity,
    shopper: { name: subscription.shopperName, email: subscription.shopperEmail },
    status: subscription.status,
    expiryReason: subscription.expiryReason ?? null,
    renewal: subscription.renewal,
    price: formatAmount(subscription.price, currency),
    currency,
    billingCycleMonths: subscription.billingCycleMonths,
    renewalPrice: renewalPrice === null ? null : formatAmount(renewalPrice, currency),
    renewalCycles: subscription.renewalCycles,
    cycleStartedAt: clock.rfc3339(subscription.cycleStartedAt.getTime()),
    endsAt: clock.rfc3339(subscription.endsAt.getTime()),
    card: cardView(subscription.card),
    createdAt: clock.rfc3339(subscription.createdAt.getTime()),
  };
}
