import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Config } from '../../config/config';
import { UnitOfWork } from '../../database/unit-of-work';
import { idsInBatches } from '../../jobs/ids-in-batches';
import { ScheduledJob } from '../../jobs/scheduled-job';
import { Clock } from '../../lib/time/clock';
import { LedgerGateway } from './ledger-gateway';
import { PaymentCallbacks, type Settlement } from './payment-callbacks';
import { PendingChargesRepository } from './pending-charges.repository';

const EVERY_TEN_SECONDS = 10_000;
const CHARGES_AT_ONCE = 100;

/** How many pending charges were captured, and how many were declined. */
export type SettlementCount = Record<Settlement, number>;

/**
 * Settles the pending charges of the built-in gateway; a real gateway would call the service instead. Any number of
 * processes may run it: each charge is settled once, in one transaction with all that follows from it.
 */
@Injectable()
export class PendingChargesJob extends ScheduledJob {
  constructor(
    private readonly charges: PendingChargesRepository,
    private readonly gateway: LedgerGateway,
    private readonly callbacks: PaymentCallbacks,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    config: Config,
  ) {
    super(config);
  }

  @Interval(EVERY_TEN_SECONDS)
  tick(): Promise<void> {
    return this.start(() => this.runDue());
  }

  /** Settles every charge that is due by now, and returns how many this run has settled. */
  async runDue(): Promise<SettlementCount> {
    const now = this.clock.now();
    const count = { captured: 0, declined: 0 };
    const due = idsInBatches(CHARGES_AT_ONCE, (after, take) => this.charges.findDueIds(now, after, take));
    for await (const id of due) {
      if (this.isStopping) return count;
      const settlement = await this.trySettling(id);
      if (settlement) count[settlement]++;
    }
    return count;
  }

  /** A charge that can't be settled now stays pending for the next run, and holds up no other one. */
  private async trySettling(id: string): Promise<Settlement | undefined> {
    try {
      return await this.unitOfWork.run(() => this.settle(id));
    } catch (error) {
      this.logger.error(error, `Pending charge ${id} could not be settled.`);
      return undefined;
    }
  }

  private async settle(id: string): Promise<Settlement | undefined> {
    const charge = await this.charges.delete(id);
    if (!charge) return undefined;
    const settlement = await this.gateway.settle(charge);
    await this.callbacks.settled(charge, settlement);
    return settlement;
  }
}
