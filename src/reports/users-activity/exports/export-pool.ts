import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type * as PiscinaPackage from 'piscina';
import type { Piscina } from 'piscina';
import { Config } from '../../../config/config';
import { errorFrom } from '../../../database/driver-error';
import { readConnectionOptions } from '../../../database/sources/data-sources';
import { loadPackage } from '../../../lib/load-package';
import type { SliceCounts, SliceTask } from '../counting/slice';
import type { ExportBatch, ExportPosition, ExportRequest } from './export-batches';
import type { Answer, ExportTask } from './export.worker';
import type { ReadPosition } from './read-position';
import type { CountTask, PlaceTask } from './row-count';

/** Milliseconds after which a worker thread without work ends, except for the last one. */
const IDLE_TIMEOUT = 60_000;

/** Writes exports and counts summaries in worker threads, which start when they are needed. Each has a read connection of its own. */
@Injectable()
export class ExportPool implements OnApplicationShutdown {
  private pool: Piscina | undefined;

  constructor(@Inject(Config) private readonly config: Config) {}

  /**
   * Writes the next batch of an export. The batches of all exports wait in one queue, and an export asks for one at a
   * time, so exports that share a worker thread take turns.
   * @param readAhead whether to read the rows of the batch after it as well, which is faster unless exports take turns
   */
  writeBatch(request: ExportRequest, position?: ExportPosition, readAhead = false): Promise<ExportBatch> {
    return this.run('writeBatch', { request, position, readAhead } satisfies ExportTask);
  }

  /** Finds the id of an account's row at a place; undefined if the account has fewer rows in the interval. */
  async findRowAt(task: PlaceTask): Promise<string | undefined> {
    const { id } = await this.run<{ readonly id: string | undefined }>('findRowAt', task);
    return id;
  }

  /** Counts the rows of the next batch of an export. */
  countBatch(task: CountTask): Promise<{ readonly count: number; readonly next: ReadPosition | undefined }> {
    return this.run('countBatch', task);
  }

  /** Counts the next slice of a summary. It waits in the same queue as the batches of exports. */
  countSlice(task: SliceTask): Promise<SliceCounts> {
    return this.run('countSlice', task);
  }

  /** Starts a worker thread and connects it, so that the first export need not wait for that. */
  async warmUp(): Promise<void> {
    await this.run('connect', undefined);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool?.destroy();
  }

  /** Runs a task in a worker thread. */
  private async run<Result extends object | undefined>(name: string, task: object | undefined): Promise<Result> {
    this.pool ??= this.start();
    const answer = (await this.pool.run(task, { name })) as Answer<Result>;
    if (typeof answer === 'object' && 'error' in answer) throw errorFrom(answer.error);
    return answer;
  }

  private start(): Piscina {
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
