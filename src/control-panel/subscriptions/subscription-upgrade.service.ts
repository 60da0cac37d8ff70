import { HttpStatus, Injectable } from '@nestjs/common';
import { ActivityType } from '../../audit/catalogue/activity-type';
import { CurrentActivity } from '../../audit/recording/current-activity';
import { Clock } from '../../lib/time/clock';
import { sha256 } from '../../lib/sha256';
import { Problem } from '../../http/problems/problem';
import { RequestContext } from '../../context/request-context';
import type { Product } from '../catalog/product.entity';
import { ProductsRepository } from '../catalog/products.repository';
import { PaymentGateway } from '../payments/payment-gateway';
import { proratedDifference } from './billing-cycle';
import type { Subscription } from './subscription.entity';
import type { UpgradeSubscription } from './subscription-actions.dto';
import { SubscriptionChanges } from './subscription-changes';
import { assertActive } from './subscription-rules';
import type { SubscriptionView } from './subscriptions.dto';

/** Upgrades of subscriptions to other products. */
@Injectable()
export class SubscriptionUpgradeService {
  constructor(
    private readonly changes: SubscriptionChanges,
    private readonly products: ProductsRepository,
    private readonly gateway: PaymentGateway,
    private readonly context: RequestContext,
    private readonly activity: CurrentActivity,
    private readonly clock: Clock,
  ) {}

  /**
   * Takes the price difference for the rest of the cycle, and renews at the new product's price and cycle from then on. A
   * price that was set for the next renewals was one of the old product, and is dropped.
   */
  upgrade(reference: string, { productCode, comment }: UpgradeSubscription): Promise<SubscriptionView> {
    const type = ActivityType.SubscriptionUpgraded;
    return this.changes.make(type, reference, comment, async (subscription, about) => {
      assertActive(subscription);
      const product = await this.findUpgrade(subscription, productCode);
      const { id: productId, billingCycleMonths } = product;
      const price = product.price * subscription.quantity;
      const amount = proratedDifference(subscription, { price, billingCycleMonths }, this.clock.now());
      const record = { ...about, amount, currency: subscription.currency };
      this.activity.describe(type, record);
      await this.charge(subscription, productId, amount);
      return { changed: { productId, price, billingCycleMonths, renewalPrice: null, renewalCycles: null }, record };
    });
  }

  private async findUpgrade({ productId, currency }: Subscription, code: string): Promise<Product> {
    const [product] = await this.products.findByCodes(this.context.actor.accountId, [code]);
    if (!product)
      throw Problem.notFound('product_not_found', 'productCode', `There is no product with the code ${code}.`);
    if (product.billingCycleMonths === 0 || !(await this.products.isUpgrade(productId, product.id))) {
      throw refusal('upgrade_not_allowed', 'productCode', `${code} is no upgrade of the subscription's product.`);
    }
    if (product.currency === currency) return product;
    const message = `The subscription is paid in ${currency}; ${code} is sold in ${product.currency}.`;
    throw refusal('currency_mismatch', 'productCode', message);
  }

  /** Charges nothing where there is nothing to pay. What the gateway takes later counts as taken. */
  private async charge(subscription: Subscription, productId: string, amount: number): Promise<void> {
    if (amount === 0) return;
    const { accountId, reference, currency, card } = subscription;
    const key = `subscription:${reference}:upgrade:${this.keyOf(subscription, productId)}`;
    const result = await this.gateway.charge({ accountId, key, amount, currency, cardToken: card.token });
    if (result === 'declined') {
      throw new Problem(HttpStatus.UNPROCESSABLE_ENTITY, 'payment_declined', 'The payment provider declined the card.');
    }
  }

  /** The same when a transaction that lost against another one runs again, so that the gateway charges it once. */
  private keyOf({ productId, cycleStartedAt }: Subscription, nextProductId: string): string {
    const parts = [productId, nextProductId, cycleStartedAt.getTime(), this.context.origin?.requestId];
    return sha256(parts.join(' ')).slice(0, 32);
  }
}

function refusal(code: string, field: string, message: string): Problem {
  return Problem.ofField(HttpStatus.UNPROCESSABLE_ENTITY, code, field, message);
}
