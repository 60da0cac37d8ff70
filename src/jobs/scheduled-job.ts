import { Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import type { Config } from '../config/config';

/** A job that runs by the clock, one run at a time, and whose run ends before the database is closed. */
export abstract class ScheduledJob implements BeforeApplicationShutdown {
  protected readonly logger = new Logger(this.constructor.name);
  /** Whether a run must end. */
  protected isStopping = false;
  private running: Promise<void> | undefined;

  protected constructor(private readonly config: Config) {}

  /** Ends the current run at the next point where nothing is half done, and begins no other. */
  stop(): void {
    this.isStopping = true;
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stop();
    await this.running;
  }

  /** Starts a run, unless one is going or this process runs no jobs. What fails is logged; the next run tries again. */
  protected async start(run: () => Promise<unknown>): Promise<void> {
    if (!this.config.SCHEDULE_JOBS || this.running || this.isStopping) return;
    this.running = run().then(
      () => undefined,
      (error: unknown) => {
        this.logger.error(error);
      },
    );
    await this.running;
    this.running = undefined;
  }
}
