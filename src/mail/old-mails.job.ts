import { Injectable } from '@nestjs/common';
import { In, LessThan, type FindOptionsWhere } from 'typeorm';
import { Config } from '../config/config';
import { UnitOfWork } from '../database/unit-of-work';
import { PruningJob } from '../jobs/pruning-job';
import { Clock } from '../lib/time/clock';
import { OutgoingMail } from './outgoing-mail.entity';

const DAY = 24 * 60 * 60_000;

/**
 * Deletes sent and failed mails MAIL_RETENTION_DAYS after they were queued, because they contain names, addresses and
 * invoices of shoppers. Waiting mails are never deleted.
 */
@Injectable()
export class OldMailsJob extends PruningJob<OutgoingMail> {
  private readonly retention: number;

  constructor(unitOfWork: UnitOfWork, clock: Clock, config: Config) {
    super(unitOfWork, clock, config, OutgoingMail);
    this.retention = config.MAIL_RETENTION_DAYS * DAY;
  }

  protected whereOutdated(now: Date): FindOptionsWhere<OutgoingMail> {
    return { status: In(['sent', 'failed']), createdAt: LessThan(new Date(now.getTime() - this.retention)) };
  }
}
