import { Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import type { Config } from '../config/config';

/** A job that runs periodically, one run at a time. A run ends before the database connections are closed. */
export abstract class ScheduledJob implements BeforeApplicationShutdown {
  protected readonly logger = new Logger(this.constructor.name);
  /** Whether the current run must end, and no other may start. */
  protected isStopping = false;
  private running: Promise<void> | undefined;

  protected constructor(private readonly config: Config) {}

  /** Ends the current run at the next point where no work is half done, and prevents further runs. */
  stop(): void {
    this.isStopping = true;
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stop();
    await this.running;
  }

  /** Starts a run, unless one is in progress or SCHEDULE_JOBS is off. An error is logged; the next run tries again. */
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
