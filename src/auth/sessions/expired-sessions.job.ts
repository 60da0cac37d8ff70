import { Injectable } from '@nestjs/common';
import { LessThan, type FindOptionsWhere } from 'typeorm';
import { Config } from '../../config/config';
import { UnitOfWork } from '../../database/unit-of-work';
import { PruningJob } from '../../jobs/pruning-job';
import { Clock } from '../../lib/time/clock';
import { Session } from './session.entity';

/** For so long after its end, in milliseconds, a session's token is answered with `token_expired` instead of `token_invalid`. */
const KEPT_AFTER_EXPIRY = 24 * 60 * 60_000;

/** Deletes sessions a day after they expired. */
@Injectable()
export class ExpiredSessionsJob extends PruningJob<Session> {
  constructor(unitOfWork: UnitOfWork, clock: Clock, config: Config) {
    super(unitOfWork, clock, config, Session);
  }

  protected whereOutdated(now: Date): FindOptionsWhere<Session> {
    return { expiresAt: LessThan(new Date(now.getTime() - KEPT_AFTER_EXPIRY)) };
  }
}
