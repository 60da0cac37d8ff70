import { AsyncResource } from 'node:async_hooks';
import { isContended, isDuplicate, isUnavailable } from '../../database/dialect';
import { OutcomeUnknown } from '../../database/transaction';

/** An item that a request waits to have committed. */
interface Waiting<Item> {
  readonly item: Item;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

interface GroupCommitOptions<Item> {
  /** Commits items in one transaction. */
  readonly commit: (items: readonly Item[]) => Promise<void>;
  /** Returns how many of the waiting items form the next batch. */
  readonly sizeOfBatch: (waiting: number) => number;
  /** Maximum number of waiting items. */
  readonly maxWaiting: number;
}

/**
 * Commits the items of concurrent requests together. While one batch is being committed, the next one forms, so the
 * batches are as large as the load requires, and a single item does not wait for others.
 */
export class GroupCommit<Item> {
  private readonly waiting: Waiting<Item>[] = [];
  private isRunning = false;
  /** Batches belong to no request, so they run in the context in which this object was created. */
  private readonly scope = new AsyncResource('GroupCommit');

  constructor(private readonly options: GroupCommitOptions<Item>) {}

  /**
   * Returns when the item is committed.
   * @throws TooManyWaiting if the database is so slow that too many items wait already
   */
  add(item: Item): Promise<void> {
    if (this.waiting.length >= this.options.maxWaiting) return Promise.reject(new TooManyWaiting());
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      if (!this.isRunning) this.start();
    });
  }

  /** Starts to commit batches, after the requests that have arrived at the same time have added their items. */
  private start(): void {
    this.isRunning = true;
    setImmediate(() => {
      void this.scope.runInAsyncScope(() => this.commitAll());
    });
  }

  private async commitAll(): Promise<void> {
    await this.commitBatch(this.waiting.splice(0, this.options.sizeOfBatch(this.waiting.length)));
    if (this.waiting.length > 0) this.start();
    else this.isRunning = false;
  }

  private async commitBatch(batch: readonly Waiting<Item>[]): Promise<void> {
    try {
      await this.options.commit(batch.map(({ item }) => item));
      for (const { resolve } of batch) resolve();
    } catch (error) {
      if (batch.length > 1 || error instanceof OutcomeUnknown) await this.commitEach(batch, error);
      else for (const { reject } of batch) reject(error);
    }
  }

  /**
   * Commits each item of a failed batch alone, so that one that cannot be stored does not make the others fail. Stops
   * when the database is unavailable, or when an item has waited for a lock in vain: each of the others would wait as long.
   */
  private async commitEach(batch: readonly Waiting<Item>[], batchError: unknown): Promise<void> {
    // If the batch may have been committed, an item that is there already was committed with it.
    const isUncertain = batchError instanceof OutcomeUnknown;
    let unavailable: unknown;
    for (const { item, resolve, reject } of batch) {
      const error = unavailable ?? (await errorOf(this.options.commit([item])));
      if (error === undefined || (isUncertain && isDuplicate(error))) resolve();
      else reject(isUncertain && !(error instanceof OutcomeUnknown) ? new OutcomeUnknown(error) : error);
      if (error !== undefined && (isUnavailable(error) || isContended(error))) unavailable = error;
    }
  }
}

/** The maximum number of items wait already: another one would wait too long. */
export class TooManyWaiting extends Error {
  override readonly name = 'TooManyWaiting';
}

async function errorOf(work: Promise<void>): Promise<unknown> {
  try {
    await work;
    return undefined;
  } catch (error) {
    return error;
  }
}
