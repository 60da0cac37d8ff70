import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Activity } from '../audit/recording/activity.entity';
import { UnitOfWork } from '../database/unit-of-work';

/** Activities that were recorded before. */
@Injectable()
export class RecordedActivitiesRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** The fingerprints of those of the ids that are recorded, by id; undefined for an activity that no client sent. */
  async findFingerprints(accountId: string, ids: readonly string[]): Promise<Map<string, unknown>> {
    const rows = await this.unitOfWork.manager.find(Activity, {
      select: { id: true, details: true },
      where: { accountId, id: In([...ids]) },
    });
    return new Map(rows.map(({ id, details }) => [id, (details as { fingerprint?: unknown } | null)?.fingerprint]));
  }
}
