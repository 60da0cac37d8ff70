import { Injectable, Logger } from '@nestjs/common';
import { isContended, isUnavailable } from '../../database/dialect';
import { UnitOfWork } from '../../database/unit-of-work';
import { PaymentGateway } from '../payments/payment-gateway';
import { calculateNextEnd } from './billing-cycle';
import type { Subscription } from './subscription.entity';
import { SubscriptionsRepository } from './subscriptions.repository';

/** How many subscriptions were renewed, and how many expired. */
export interface RenewalCount {
  readonly renewed: number;
  readonly expired: number;
}

/** What one batch came to; `failed` are the ids of those that an error kept as they were. */
export interface RenewedBatch extends RenewalCount {
  readonly failed: readonly string[];
}

/** Renews what is due, or lets it expire: what was stopped, and what its card refuses to pay. */
@Injectable()
export class RenewalsService {
  private readonly logger = new Logger(RenewalsService.name);

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly subscriptions: SubscriptionsRepository,
    private readonly gateway: PaymentGateway,
  ) {}

  /**
   * Claims and settles at most so many in one transaction. Should one of them fail, none of them is settled, and each
   * is tried by itself, so that it keeps nobody else from being renewed.
   */
  async settleBatch(now: Date, take: number, except: readonly string[]): Promise<RenewedBatch> {
    let claimed: string[] = [];
    try {
      return await this.unitOfWork.run(async () => {
        const batch = await this.subscriptions.lockDue(now, take, except);
        claimed = batch.map(({ id }) => id);
        return { ...(await this.settle(batch)), failed: [] };
      });
    } catch (error) {
      if (claimed.length === 0 || isUnavailable(error) || isContended(error)) throw error;
      return this.settleEach(now, claimed, error);
    }
  }

  private async settleEach(now: Date, ids: readonly string[], why: unknown): Promise<RenewedBatch> {
    this.logger.warn(why, `${ids.length} renewals failed together; each is tried by itself.`);
    let [renewed, expired] = [0, 0];
    const failed: string[] = [];
    for (const id of ids) {
      try {
        const count = await this.unitOfWork.run(async () => {
          const subscription = await this.subscriptions.lockDueOne(now, id);
          return this.settle(subscription ? [subscription] : []);
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

  /** Charges each, and writes what became of all of them at once. */
  private async settle(claimed: readonly Subscription[]): Promise<RenewalCount> {
    const settled: Subscription[] = [];
    for (const subscription of claimed) settled.push({ ...subscription, ...(await this.renewOrExpire(subscription)) });
    await this.subscriptions.updateAll(settled);
    const expired = settled.filter(({ status }) => status === 'expired').length;
    return { renewed: settled.length - expired, expired };
  }

  private async renewOrExpire(subscription: Subscription): Promise<Partial<Subscription>> {
    if (subscription.renewal === 'stopped') return { status: 'expired', expiryReason: 'not_renewed' };
    if (!(await this.isPaid(subscription))) return { status: 'expired', expiryReason: 'payment_declined' };
    const cyclesLeft = (subscription.renewalCycles ?? 0) - 1;
    return {
      cycleStartedAt: subscription.endsAt,
      endsAt: calculateNextEnd(subscription),
      ...(cyclesLeft > 0 ? { renewalCycles: cyclesLeft } : { renewalPrice: null, renewalCycles: null }),
    };
  }

  /** Charges the cycle that begins, once; one that costs nothing is paid. What the gateway takes later counts as taken. */
  private async isPaid({ accountId, reference, endsAt, currency, card, ...prices }: Subscription): Promise<boolean> {
    const amount = prices.renewalPrice ?? prices.price;
    if (amount === 0) return true;
    const key = `subscription:${reference}:${endsAt.toISOString()}`;
    return (await this.gateway.charge({ accountId, key, amount, currency, cardToken: card.token })) !== 'declined';
  }
}
