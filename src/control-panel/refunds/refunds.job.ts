import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Config } from '../../config/config';
import { UnitOfWork } from '../../database/unit-of-work';
import { idsInBatches } from '../../jobs/ids-in-batches';
import { ScheduledJob } from '../../jobs/scheduled-job';
import { Clock } from '../../lib/time/clock';
import { PaymentGateway } from '../payments/payment-gateway';
import { RefundsRepository } from '../sales/refunds.repository';

import { amountReturned } from './refund.rules';

/** The interval of the job, in milliseconds. */
const EVERY_TEN_SECONDS = 10_000;
/** The number of refund ids that one query reads. */
const REFUNDS_PER_BATCH = 100;

/**
 * Processes due refunds. Any number of processes can run the job, because each refund is locked while it is processed.
 */
@Injectable()
export class RefundsJob extends ScheduledJob {
  constructor(
    private readonly refunds: RefundsRepository,
    private readonly gateway: PaymentGateway,
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

  /** Processes every due refund, and returns the number of refunds that this run processed. */
  async runDue(): Promise<number> {
    const now = this.clock.now();
    let processed = 0;
    const due = idsInBatches(REFUNDS_PER_BATCH, (after, take) => this.refunds.findDueIds(now, after, take));
    for await (const id of due) {
      if (this.isStopping) return processed;
      if (await this.tryProcess(id, now)) processed++;
    }
    return processed;
  }

  /** Processes one refund in its own transaction. If that fails, the refund stays due until the next run. */
  private async tryProcess(id: string, now: Date): Promise<boolean> {
    try {
      return await this.unitOfWork.run(() => this.process(id, now));
    } catch (error) {
      this.logger.error(error);
      return false;
    }
  }

  /** Marks a due refund as processed and returns the money. Returns false if it is no longer due. */
  private async process(id: string, now: Date): Promise<boolean> {
    const locked = await this.refunds.lockDue(id, now);
    if (!locked) return false;
    const { refund, order } = locked;
    await this.refunds.update(id, { status: 'processed' });
    const { accountId, currency, card } = order;
    const amount = amountReturned(refund);
    await this.gateway.refund({ accountId, key: `refund:${id}`, amount, currency, cardToken: card.token });
    return true;
  }
}
