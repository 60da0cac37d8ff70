import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type * as PiscinaPackage from 'piscina';
import type { Piscina } from 'piscina';
import { Config } from '../../../config/config';
import { errorFrom } from '../../../database/driver-error';
import { readConnectionOptions } from '../../../database/sources/data-sources';
import { loadPackage } from '../../../lib/load-package';
import type { ExportBatch, ExportPosition, ExportRequest } from './export-batches';
import type { ExportAnswer, ExportTask } from './export.worker';

/** Milliseconds after which a worker thread without work ends, except for the last one. */
const IDLE_TIMEOUT = 60_000;

/** Writes exports in worker threads, which start when they are needed. Each has a read connection of its own. */
@Injectable()
export class ExportPool implements OnApplicationShutdown {
  private pool: Piscina<ExportTask | undefined, ExportAnswer> | undefined;

  constructor(@Inject(Config) private readonly config: Config) {}

  /**
   * Writes the next batch of an export. The batches of all exports wait in one queue, and an export asks for one at a
   * time, so exports that share a worker thread take turns.
   * @param readAhead whether to read the rows of the batch after it as well, which is faster unless exports take turns
   */
  async writeBatch(request: ExportRequest, position?: ExportPosition, readAhead = false): Promise<ExportBatch> {
    this.pool ??= this.start();
    const answer = await this.pool.run({ request, position, readAhead });
    if ('error' in answer) throw errorFrom(answer.error);
    return answer;
  }

  /** Starts a worker thread and connects it, so that the first export need not wait for that. */
  async warmUp(): Promise<void> {
    this.pool ??= this.start();
    await this.pool.run(undefined, { name: 'connect' });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool?.destroy();
  }

  private start(): Piscina<ExportTask | undefined, ExportAnswer> {
    const { Piscina } = loadPackage('piscina') as typeof PiscinaPackage;
    return new Piscina({
      filename: require.resolve('./export.worker'),
      name: 'writeBatch',
      workerData: readConnectionOptions(this.config),
      minThreads: 1,
      maxThreads: this.config.EXPORT_WORKERS,
      idleTimeout: IDLE_TIMEOUT,
      resourceLimits: { maxYoungGenerationSizeMb: 8 },
      // A thread that waits for tasks with Atomics does not notice that its connection is lost.
      atomics: 'disabled',
    });
  }
}
