import { Injectable } from '@nestjs/common';
import { setTimeout } from 'node:timers/promises';
import { AlreadyRecorded, Recorder } from '../audit/recording/recorder';
import { RequestContext } from '../context/request-context';
import { UnitOfWork } from '../database/unit-of-work';
import { Problem } from '../http/problems/problem';
import type { UnreadBody } from '../http/validation/read-batch';
import { assertKeysNotReused } from './batch.rules';
import { IncomingRecords } from './incoming-records';
import { ingestionResult, type IngestionResult } from './ingestion-result.view';
import type { ReadyRecord } from './ready-record';
import { RecordedActivitiesRepository } from './recorded-activities.repository';

/** Maximum attempts to write a batch while other clients record the same records. */
const ATTEMPTS = 11;

/** Stores the records that other systems send, each of them once. */
@Injectable()
export class IngestionService {
  constructor(
    private readonly incoming: IncomingRecords,
    private readonly recorded: RecordedActivitiesRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly recorder: Recorder,
    private readonly context: RequestContext,
  ) {}

  /** Records a batch, completely or not at all. */
  async ingest(body: UnreadBody): Promise<IngestionResult> {
    const records = await this.incoming.read(body);
    return ingestionResult(records, await this.record(records));
  }

  /**
   * Writes the new records, and returns their ids. Most batches have only new records, so the first attempt does not
   * look for existing ones. Starts again if some of them exist, or if another client writes some of them meanwhile.
   */
  private async record(records: readonly ReadyRecord[]): Promise<Set<string>> {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      try {
        return await this.unitOfWork.run(() => (attempt === 1 ? this.recordAll(records) : this.recordMissing(records)));
      } catch (error) {
        if (!(error instanceof AlreadyRecorded)) throw error;
      }
      if (attempt > 1) await setTimeout(attempt * 10 * (0.5 + Math.random()));
    }
    throw Problem.unavailable(
      'records_contended',
      'Other clients keep recording the same records; nothing was recorded by this request. Send the batch again.',
    );
  }

  /** Writes the records that do not exist yet, and returns their ids. */
  private async recordMissing(records: readonly ReadyRecord[]): Promise<Set<string>> {
    const ids = records.map(({ action }) => action.id);
    const fingerprints = await this.recorded.findFingerprints(this.context.actor.accountId, ids);
    assertKeysNotReused(records, fingerprints);
    return this.recordAll(records.filter(({ action }) => !fingerprints.has(action.id)));
  }

  /** Writes records, of which none exists yet, and returns their ids. */
  private async recordAll(records: readonly ReadyRecord[]): Promise<Set<string>> {
    const actions = new Map(records.map(({ action }) => [action.id, action]));
    // Sorted by primary key, so that clients with the same records cannot cause a deadlock.
    await this.recorder.recordPast([...actions.values()].sort((a, b) => (a.id < b.id ? -1 : 1)));
    return new Set(actions.keys());
  }
}
