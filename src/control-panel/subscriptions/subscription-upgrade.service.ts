import { HttpStatus, Injectable } from '@nestjs/common';
import { ActivityType } from '../../audit/catalogue/activity-type';
import { CurrentActivity } from '../../audit/recording/current-activity';
import { RequestContext } from '../../context/request-context';
import { UnitOfWork } from '../../database/unit-of-work';
import { Problem } from '../../http/problems/problem';
import { inBody } from '../../http/problems/request-field';
import { MAX_AMOUNT } from '../../lib/money';
import { sha256 } from '../../lib/sha256';
import { Clock } from '../../lib/time/clock';
import type { Product } from '../catalog/product.entity';
import { ProductsRepository } from '../catalog/products.repository';
import { PaymentGateway } from '../payments/payment-gateway';
import { proratePriceDifference } from './billing-cycle';
import type { UpgradeSubscription } from './subscription-actions.dto';
import { recordFieldsOf, SubscriptionChanges } from './subscription-changes';
import type { Subscription } from './subscription.entity';
import { assertActive } from './subscription.rules';

import type { SubscriptionView } from './subscription.view';

/** Upgrades subscriptions to other products. */
@Injectable()
export class SubscriptionUpgradeService {
  constructor(
    private readonly subscriptions: SubscriptionChanges,
    private readonly products: ProductsRepository,
    private readonly gateway: PaymentGateway,
    private readonly unitOfWork: UnitOfWork,
    private readonly context: RequestContext,
    private readonly activity: CurrentActivity,
    private readonly clock: Clock,
  ) {}

  /**
   * Charges the price difference for the rest of the billing cycle. From then on, the subscription renews at the price
   * and cycle of the new product. A price that was set for the next renewals is removed, because it was for the old
   * product.
   */
  upgrade(reference: string, { productCode, comment }: UpgradeSubscription): Promise<SubscriptionView> {
    return this.unitOfWork.run(async () => {
      const subscription = await this.subscriptions.lock(reference);
      assertActive(subscription);
      const { id: productId, billingCycleMonths, price: unitPrice } = await this.findUpgrade(subscription, productCode);
      const price = unitPrice * subscription.quantity;
      const amount = proratePriceDifference(subscription, { price, billingCycleMonths }, this.clock.now());
      assertSupported(Math.max(price, amount), subscription);
      const { currency } = subscription;
      this.activity.describe(ActivityType.SubscriptionUpgraded, {
        ...recordFieldsOf(subscription, comment),
        amount,
        currency,
        // The charge is for the rest of the current billing cycle.
        billingCycles: 1,
        details: { productCode, currency },
      });
      await this.charge(subscription, productId, amount);
      const changedColumns = { productId, price, billingCycleMonths, renewalPrice: null, renewalCycles: null };
      return this.subscriptions.save(subscription, changedColumns);
    });
  }

  /** Finds the product to upgrade to. Refuses a product that is not an upgrade or has another currency. */
  private async findUpgrade({ productId, currency }: Subscription, code: string): Promise<Product> {
    const [product] = await this.products.findByCodes(this.context.actor.accountId, [code]);
    if (!product)
      throw Problem.notFound('product_not_found', inBody('productCode'), `There is no product with the code ${code}.`);
    if (product.billingCycleMonths === 0 || !(await this.products.isUpgrade(productId, product.id))) {
      throw Problem.unprocessable(
        'upgrade_not_allowed',
        inBody('productCode'),
        `${code} is not an upgrade of the subscription's product.`,
      );
    }
    if (product.currency === currency) return product;
    const message = `The subscription is paid in ${currency}; ${code} is sold in ${product.currency}.`;
    throw Problem.unprocessable('currency_mismatch', inBody('productCode'), message);
  }

  /** Charges the price difference, unless it is 0. A pending charge counts as paid. */
  private async charge(subscription: Subscription, productId: string, amount: number): Promise<void> {
    if (amount === 0) return;
    const { accountId, reference, currency, card } = subscription;
    const key = `subscription:${reference}:upgrade:${this.createChargeKey(subscription, productId)}`;
    const result = await this.gateway.charge({ accountId, key, amount, currency, cardToken: card.token });
    if (result === 'declined') {
      throw new Problem(HttpStatus.UNPROCESSABLE_ENTITY, 'payment_declined', 'The payment provider declined the card.');
    }
  }

  /**
   * Returns the last part of the key of a charge. It is the same if the transaction is retried, so that the card is
   * charged only once.
   */
  private createChargeKey({ productId, cycleStartedAt }: Subscription, nextProductId: string): string {
    const parts = [productId, nextProductId, cycleStartedAt.getTime(), this.context.origin?.requestId];
    return sha256(parts.join(' ')).slice(0, 32);
  }
}

function assertSupported(amount: number, { quantity }: Subscription): void {
  if (amount <= MAX_AMOUNT) return;
  const message = `The price for ${quantity} unit(s), or the charge for the rest of the billing cycle, exceeds the largest supported amount.`;
  throw Problem.unprocessable('total_too_large', inBody('productCode'), message);
}
