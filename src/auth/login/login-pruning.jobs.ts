import { Injectable } from '@nestjs/common';
import { LessThan, type FindOptionsWhere } from 'typeorm';
import { UnclaimedAttempt } from '../../audit/recording/activity.entity';
import { NOBODY } from '../../audit/recording/recorder';
import { Config } from '../../config/config';
import { UnitOfWork } from '../../database/unit-of-work';
import { PruningJob } from '../../jobs/pruning-job';
import { lowestIdAt } from '../../lib/time-ordered-id';
import { Clock } from '../../lib/time/clock';
import { KnownAddress } from './known-address.entity';
import { KNOWN_FOR_MS } from './known-addresses.repository';
import { LoginAttempt } from './login-attempt.entity';
import { LoginLimits } from './login-limits';
import { LoginRefusalCount } from './login-refusal.entity';

const DAY = 24 * 60 * 60_000;

/** Deletes failed logins that no limit counts any more. */
@Injectable()
export class OldLoginAttemptsJob extends PruningJob<LoginAttempt> {
  constructor(
    unitOfWork: UnitOfWork,
    clock: Clock,
    config: Config,
    private readonly limits: LoginLimits,
  ) {
    super(unitOfWork, clock, config, LoginAttempt);
  }

  protected whereOutdated(now: Date): FindOptionsWhere<LoginAttempt> {
    return { id: olderThan(now, this.limits.longestWindowMs) };
  }
}

/** Deletes addresses that a user has not logged in from for 30 days. */
@Injectable()
export class ForgottenAddressesJob extends PruningJob<KnownAddress> {
  constructor(unitOfWork: UnitOfWork, clock: Clock, config: Config) {
    super(unitOfWork, clock, config, KnownAddress);
  }

  protected whereOutdated(now: Date): FindOptionsWhere<KnownAddress> {
    return { lastLoginAt: LessThan(new Date(now.getTime() - KNOWN_FOR_MS)) };
  }
}

/** Deletes the records of failed logins with unknown email addresses after a day. */
@Injectable()
export class UnclaimedAttemptsJob extends PruningJob<UnclaimedAttempt> {
  constructor(unitOfWork: UnitOfWork, clock: Clock, config: Config) {
    super(unitOfWork, clock, config, UnclaimedAttempt);
  }

  protected whereOutdated(now: Date): FindOptionsWhere<UnclaimedAttempt> {
    return { accountId: NOBODY, id: olderThan(now, DAY) };
  }
}

/**
 * Deletes counts of refusals whose window is gone. On a cluster a process can count in a window that another process
 * has just closed, because row locks hold on one node only. Counts are deleted after 30 days, so that windows still
 * open keep theirs.
 */
@Injectable()
export class LateRefusalCountsJob extends PruningJob<LoginRefusalCount> {
  constructor(unitOfWork: UnitOfWork, clock: Clock, config: Config) {
    super(unitOfWork, clock, config, LoginRefusalCount);
  }

  protected whereOutdated(now: Date): FindOptionsWhere<LoginRefusalCount> {
    return { windowId: olderThan(now, 30 * DAY) };
  }
}

/** Matches ids whose time is more than `age` milliseconds ago. */
function olderThan(now: Date, age: number) {
  return LessThan(lowestIdAt(new Date(now.getTime() - age)));
}
