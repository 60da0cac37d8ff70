import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Config } from '../../config/config';
import { ScheduledJob } from '../../jobs/scheduled-job';
import { Clock } from '../../lib/time/clock';
import { LoginRefusals } from './login-refusals';
import { LoginRefusalsRepository } from './login-refusals.repository';

/** Milliseconds between two runs. */
const INTERVAL_MS = 10_000;
const WINDOWS_AT_ONCE = 100;

/**
 * Closes the refusal windows that have ended, and records how many attempts each of them refused. Any number of
 * processes can run it.
 */
@Injectable()
export class LoginRefusalsJob extends ScheduledJob {
  constructor(
    private readonly refusals: LoginRefusals,
    private readonly windows: LoginRefusalsRepository,
    private readonly clock: Clock,
    config: Config,
  ) {
    super(config);
  }

  @Interval(INTERVAL_MS)
  tick(): Promise<void> {
    return this.start(() => this.runDue());
  }

  /** Closes every window that has ended by now, and returns how many records this run has written. */
  async runDue(): Promise<number> {
    const now = this.clock.now();
    const failed: string[] = [];
    let recorded = 0;
    let windows;
    do {
      windows = await this.windows.listEnded(now, failed, WINDOWS_AT_ONCE);
      for (const window of windows) {
        if (this.isStopping) return recorded;
        try {
          if (await this.refusals.close(window)) recorded++;
        } catch (error) {
          // The next run tries it again; the other windows are closed now.
          this.logger.error(error);
          failed.push(window.key);
        }
      }
    } while (windows.length === WINDOWS_AT_ONCE && failed.length < WINDOWS_AT_ONCE);
    return recorded;
  }
}
