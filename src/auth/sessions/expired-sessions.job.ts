import { Injectable } from '@nestjs/common';
import { LessThan, type FindOptionsWhere } from 'typeorm';
import { Config } from '../../config/config';
import { UnitOfWork } from '../../database/unit-of-work';
import { PruningJob } from '../../jobs/pruning-job';
import { Clock } from '../../lib/time/clock';
import { Session } from './session.entity';

/**
 * Milliseconds after its expiry for which a session is kept, so that its token is refused as `token_expired`, not as
 * `token_invalid`.
 */
const KEPT_AFTER_EXPIRY_MS = 24 * 60 * 60_000;

/** Deletes sessions a day after they expired. */
@Injectable()
export class ExpiredSessionsJob extends PruningJob<Session> {
  constructor(unitOfWork: UnitOfWork, clock: Clock, config: Config) {
    super(unitOfWork, clock, config, Session);
  }

  protected whereOutdated(now: Date): FindOptionsWhere<Session> {
    return { expiresAt: LessThan(new Date(now.getTime() - KEPT_AFTER_EXPIRY_MS)) };
  }
}
