import { Injectable, Logger } from '@nestjs/common';
import { isContended, isUnavailable } from '../../database/dialect';
import { UnitOfWork } from '../../database/unit-of-work';
import { PaymentGateway } from '../payments/payment-gateway';
import { calculateNextEnd } from './billing-cycle';
import type { Subscription } from './subscription.entity';
import { SubscriptionsRepository } from './subscriptions.repository';

/** The numbers of subscriptions that were renewed and that expired. */
export interface RenewalCount {
  readonly renewed: number;
  readonly expired: number;
}

/** The result of one batch. `failed` has the ids of subscriptions that did not change because of an error. */
export interface RenewalBatchResult extends RenewalCount {
  readonly failed: readonly string[];
}

/** Renews due subscriptions, or lets them expire if their renewal is stopped or their card is declined. */
@Injectable()
export class RenewalsService {
  private readonly logger = new Logger(RenewalsService.name);

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly subscriptions: SubscriptionsRepository,
    private readonly gateway: PaymentGateway,
  ) {}

  /**
   * Renews or expires up to `take` subscriptions in one transaction. If that fails, it processes each of them in its
   * own transaction, so that one faulty subscription does not affect the others.
   * @param excludedIds subscriptions that failed before in this run
   */
  async processBatch(now: Date, take: number, excludedIds: readonly string[]): Promise<RenewalBatchResult> {
    let lockedIds: string[] = [];
    try {
      return await this.unitOfWork.run(async () => {
        const batch = await this.subscriptions.lockDue(now, take, excludedIds);
        lockedIds = batch.map(({ id }) => id);
        return { ...(await this.process(batch)), failed: [] };
      });
    } catch (error) {
      if (lockedIds.length === 0 || isUnavailable(error) || isContended(error)) throw error;
      return this.processEach(now, lockedIds, error);
    }
  }

  /** Renews or expires each subscription in its own transaction, and collects the ids of those that fail. */
  private async processEach(now: Date, ids: readonly string[], cause: unknown): Promise<RenewalBatchResult> {
    this.logger.warn(cause, `A batch of ${ids.length} renewals failed; each is tried by itself.`);
    let [renewed, expired] = [0, 0];
    const failed: string[] = [];
    for (const id of ids) {
      try {
        const count = await this.unitOfWork.run(async () => {
          const subscription = await this.subscriptions.lockDueOne(now, id);
          return this.process(subscription ? [subscription] : []);
        });
        renewed += count.renewed;
        expired += count.expired;
      } catch (error) {
        this.logger.error(error, `Subscription ${id} could not be renewed and stays due.`);
        failed.push(id);
      }
    }
    return { renewed, expired, failed };
  }

  /** Renews or expires locked subscriptions, and saves them all in one statement. */
  private async process(locked: readonly Subscription[]): Promise<RenewalCount> {
    const updated: Subscription[] = [];
    for (const subscription of locked) updated.push({ ...subscription, ...(await this.renewOrExpire(subscription)) });
    await this.subscriptions.updateAll(updated);
    const expired = updated.filter(({ status }) => status === 'expired').length;
    return { renewed: updated.length - expired, expired };
  }

  /** Charges the card unless the renewal is stopped, and returns the columns of the subscription to change. */
  private async renewOrExpire(subscription: Subscription): Promise<Partial<Subscription>> {
    if (subscription.renewal === 'stopped') return { status: 'expired', expiryReason: 'not_renewed' };
    if (!(await this.chargeNextCycle(subscription))) return { status: 'expired', expiryReason: 'payment_declined' };
    const cyclesLeft = (subscription.renewalCycles ?? 0) - 1;
    return {
      cycleStartedAt: subscription.endsAt,
      cycleMonths: subscription.billingCycleMonths,
      endsAt: calculateNextEnd(subscription),
      ...(cyclesLeft > 0 ? { renewalCycles: cyclesLeft } : { renewalPrice: null, renewalCycles: null }),
    };
  }

  /**
   * Charges the next billing cycle once, and returns false if the card is declined. A pending charge counts as paid.
   */
  private async chargeNextCycle({
    accountId,
    reference,
    endsAt,
    currency,
    card,
    ...prices
  }: Subscription): Promise<boolean> {
    const amount = prices.renewalPrice ?? prices.price;
    if (amount === 0) return true;
    const key = `subscription:${reference}:${endsAt.toISOString()}`;
    return (await this.gateway.charge({ accountId, key, amount, currency, cardToken: card.token })) !== 'declined';
  }
}
