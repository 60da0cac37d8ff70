import { Injectable } from '@nestjs/common';
import { LessThan, type FindOptionsWhere } from 'typeorm';
import { Config } from '../config/config';
import { UnitOfWork } from '../database/unit-of-work';
import { PruningJob } from '../jobs/pruning-job';
import { Clock } from '../lib/time/clock';
import { IdempotencyKey, retentionStart } from './idempotency-key.entity';

/** Deletes expired idempotency keys. */
@Injectable()
export class OldIdempotencyKeysJob extends PruningJob<IdempotencyKey> {
  constructor(unitOfWork: UnitOfWork, clock: Clock, config: Config) {
    super(unitOfWork, clock, config, IdempotencyKey);
  }

  protected whereOutdated(now: Date): FindOptionsWhere<IdempotencyKey> {
    return { createdAt: LessThan(retentionStart(now)) };
  }
}
