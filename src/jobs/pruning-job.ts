import { Interval } from '@nestjs/schedule';
import type { FindOptionsWhere, ObjectLiteral } from 'typeorm';
import type { Config } from '../config/config';
import { forUpdateOfUnlocked } from '../database/dialect';
import type { UnitOfWork } from '../database/unit-of-work';
import type { Clock } from '../lib/time/clock';
import { ScheduledJob } from './scheduled-job';

const EVERY_TEN_MINUTES = 10 * 60_000;
/** Rows deleted in one transaction: few enough that other writers of SQLite wait for tens of milliseconds at most. */
export const PRUNING_BATCH_SIZE = 100;

/**
 * Deletes outdated rows of one table. Several processes may run it at the same time: each locks the rows of its batch,
 * and skips rows that another transaction has locked.
 */
export abstract class PruningJob<Row extends ObjectLiteral> extends ScheduledJob {
  protected constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    config: Config,
    private readonly entity: new () => Row,
  ) {
    super(config);
  }

  /** Returns the condition that matches outdated rows. It must be one that an index supports. */
  protected abstract whereOutdated(now: Date): FindOptionsWhere<Row>;

  @Interval(EVERY_TEN_MINUTES)
  tick(): Promise<void> {
    return this.start(() => this.prune());
  }

  /** Deletes the rows that are outdated now, in batches, and returns how many this run has deleted. */
  async prune(): Promise<number> {
    const now = this.clock.now();
    let pruned = 0;
    let batch: number;
    do {
      batch = await this.unitOfWork.run(() => this.deleteBatch(now));
      pruned += batch;
    } while (batch === PRUNING_BATCH_SIZE && !this.isStopping);
    if (pruned > 0) this.logger.log(`Deleted ${pruned} outdated rows.`);
    return pruned;
  }

  private async deleteBatch(now: Date): Promise<number> {
    const { manager } = this.unitOfWork;
    const keys = manager.dataSource.getMetadata(this.entity).primaryColumns.map(({ propertyName }) => propertyName);
    const outdated = manager
      .createQueryBuilder(this.entity, 'outdated')
      .select(keys.map((name) => `outdated.${name}`))
      .where(this.whereOutdated(now))
      .limit(PRUNING_BATCH_SIZE);
    const rows = await forUpdateOfUnlocked(manager, outdated).getMany();
    if (rows.length === 0) return 0;
    const { affected } = await manager.delete(
      this.entity,
      rows.map((row) => pick(row, keys)),
    );
    return affected ?? 0;
  }
}

function pick<Row extends ObjectLiteral>(row: Row, names: readonly string[]): FindOptionsWhere<Row> {
  return Object.fromEntries(names.map((name) => [name, row[name] as unknown])) as FindOptionsWhere<Row>;
}
