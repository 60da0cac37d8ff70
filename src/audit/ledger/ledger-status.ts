import { Injectable } from '@nestjs/common';
import { momentOf } from '../../lib/time-ordered-id';
import { Clock } from '../../lib/time/clock';
import { LedgerRepository } from './ledger.repository';
import { Sequencer } from './sequencer';

/** The state of the ledger, for the metrics. */
@Injectable()
export class LedgerStatus {
  constructor(
    private readonly ledger: LedgerRepository,
    private readonly sequencer: Sequencer,
    private readonly clock: Clock,
  ) {}

  /** Number of entries that this process has appended since its start. */
  get appendedCount(): number {
    return this.sequencer.appendedCount;
  }

  /** Returns for how many seconds the oldest pending record has been waiting; 0 if there is none. */
  async secondsPending(): Promise<number> {
    const oldest = await this.ledger.findOldestPending();
    return oldest === undefined ? 0 : Math.max(0, this.clock.now().getTime() - momentOf(oldest)) / 1000;
  }
}
