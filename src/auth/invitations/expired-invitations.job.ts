import { Injectable } from '@nestjs/common';
import { LessThan, type FindOptionsWhere } from 'typeorm';
import { Config } from '../../config/config';
import { UnitOfWork } from '../../database/unit-of-work';
import { PruningJob } from '../../jobs/pruning-job';
import { Clock } from '../../lib/time/clock';
import { Invitation } from './invitation.entity';

/**
 * Milliseconds after its expiry for which an invitation is kept, so that an attempt to use its link is recorded under
 * its user.
 */
const KEPT_AFTER_EXPIRY_MS = 30 * 24 * 60 * 60_000;

/** Deletes invitations 30 days after they expired. */
@Injectable()
export class ExpiredInvitationsJob extends PruningJob<Invitation> {
  constructor(unitOfWork: UnitOfWork, clock: Clock, config: Config) {
    super(unitOfWork, clock, config, Invitation);
  }

  protected whereOutdated(now: Date): FindOptionsWhere<Invitation> {
    return { expiresAt: LessThan(new Date(now.getTime() - KEPT_AFTER_EXPIRY_MS)) };
  }
}
