import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Activity } from '../audit/recording/activity.entity';
import { UnitOfWork } from '../database/unit-of-work';

/** Reads stored activities, to find duplicates. */
@Injectable()
export class RecordedActivitiesRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /**
   * Returns the fingerprint of each stored activity with one of the ids, or undefined for an activity that was not
   * ingested.
   */
  async findFingerprints(accountId: string, ids: readonly string[]): Promise<Map<string, unknown>> {
    const rows = await this.unitOfWork.manager.find(Activity, {
      select: { id: true, details: true },
      where: { accountId, id: In([...ids]) },
    });
    return new Map(rows.map(({ id, details }) => [id, (details as { fingerprint?: unknown } | null)?.fingerprint]));
  }
}
