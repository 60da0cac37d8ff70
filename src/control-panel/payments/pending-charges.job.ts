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

/** The interval of the job, in milliseconds. */
const EVERY_TEN_SECONDS = 10_000;
/** The number of charge ids that one query reads. */
const CHARGES_PER_BATCH = 100;

/** The number of settled charges, by how they ended. */
export type SettlementCount = Record<Settlement, number>;

/**
 * Settles the pending charges of the built-in gateway. With a real gateway, its notifications would do that. Any number
 * of processes can run the job: each charge is settled once, in one transaction with the changes that result from it.
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

  /** Settles every due charge, and returns the number of charges that this run settled. */
  async runDue(): Promise<SettlementCount> {
    const now = this.clock.now();
    const count = { captured: 0, declined: 0 };
    const due = idsInBatches(CHARGES_PER_BATCH, (after, take) => this.charges.findDueIds(now, after, take));
    for await (const id of due) {
      if (this.isStopping) return count;
      const settlement = await this.trySettle(id);
      if (settlement) count[settlement]++;
    }
    return count;
  }

  /** Settles one charge in its own transaction. If that fails, the charge stays pending until the next run. */
  private async trySettle(id: string): Promise<Settlement | undefined> {
    try {
      return await this.unitOfWork.run(() => this.settle(id));
    } catch (error) {
      this.logger.error(error, `Pending charge ${id} could not be settled.`);
      return undefined;
    }
  }

  /** Deletes a pending charge, settles it, and notifies the feature that requested it. */
  private async settle(id: string): Promise<Settlement | undefined> {
    const charge = await this.charges.delete(id);
    if (!charge) return undefined;
    const settlement = await this.gateway.settle(charge);
    await this.callbacks.notifySettled(charge, settlement);
    return settlement;
  }
}
