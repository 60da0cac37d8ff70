import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Sequencer } from '../../audit/ledger/sequencer';
import { Config } from '../../config/config';
import { ScheduledJob } from '../scheduled-job';

const EVERY_TWO_SECONDS = 2000;

/**
 * Gives pending records their places in the ledger whose process cannot do it, because it was killed. A process
 * sequences the records that it has written itself right after each commit, with or without this job.
 */
@Injectable()
export class PendingRecordsJob extends ScheduledJob {
  constructor(
    private readonly sequencer: Sequencer,
    config: Config,
  ) {
    super(config);
  }

  @Interval(EVERY_TWO_SECONDS)
  tick(): Promise<void> {
    return this.start(() => this.sequencer.sequenceAll());
  }

  /** Sequences all pending records, and returns the number of entries that this process appended meanwhile. */
  async sequence(): Promise<number> {
    const before = this.sequencer.appendedCount;
    await this.sequencer.sequenceAll();
    return this.sequencer.appendedCount - before;
  }
}
