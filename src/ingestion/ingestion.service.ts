import { Injectable } from '@nestjs/common';
import { setTimeout } from 'node:timers/promises';
import { In } from 'typeorm';
import { Activity } from '../audit/recording/activity.entity';
import { AlreadyRecorded, Recorder } from '../audit/recording/recorder';
import { RequestContext } from '../context/request-context';
import { UnitOfWork } from '../database/unit-of-work';
import { Problem } from '../http/problems/problem';
import type { BatchBody } from '../http/validation/batch-body';
import type { IngestionResult } from './activities.dto';
import { IncomingRecords, type ReadyRecord } from './incoming-records';

const ATTEMPTS = 10;

/** Records what other systems send, each record once. */
@Injectable()
export class IngestionService {
  constructor(
    private readonly incoming: IncomingRecords,
    private readonly unitOfWork: UnitOfWork,
    private readonly recorder: Recorder,
    private readonly context: RequestContext,
  ) {}

  async ingest(body: BatchBody): Promise<IngestionResult> {
    const records = await this.incoming.read(body);
    const recorded = await this.record(records);
    return resultOf(records, recorded);
  }

  /** Records what is not there yet, and answers the ids of that. If another client is faster, it looks again. */
  private async record(records: readonly ReadyRecord[]): Promise<Set<string>> {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      try {
        return await this.unitOfWork.run(() => this.recordMissing(records));
      } catch (error) {
        if (!(error instanceof AlreadyRecorded)) throw error;
      }
      await setTimeout(attempt * 10 * (0.5 + Math.random()));
    }
    throw Problem.unavailable(
      'records_contended',
      'Other clients keep recording the same records; nothing was recorded by this request. Send the batch again.',
    );
  }

  private async recordMissing(records: readonly ReadyRecord[]): Promise<Set<string>> {
    const fingerprints = await this.recordedAlready(records);
    assertSame(records, fingerprints);
    const missing = new Map(records.map(({ action }) => [action.id, action]));
    for (const id of fingerprints.keys()) missing.delete(id);
    // In the order of the table, so that two clients with the same records never wait for each other.
    const actions = [...missing.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
    await this.recorder.recordPast(actions);
    return new Set(missing.keys());
  }

  /** The fingerprints of the records that are there, by id; undefined for one that no client sent. */
  private async recordedAlready(records: readonly ReadyRecord[]): Promise<Map<string, unknown>> {
    const rows = await this.unitOfWork.manager.find(Activity, {
      select: { id: true, details: true },
      where: { accountId: this.context.actor.accountId, id: In(records.map(({ action }) => action.id)) },
    });
    return new Map(rows.map(({ id, details }) => [id, (details as { fingerprint?: unknown } | null)?.fingerprint]));
  }
}

/** A key and its time mean one record for good: whoever sends something else with both made a mistake. */
function assertSame(records: readonly ReadyRecord[], fingerprints: ReadonlyMap<string, unknown>): void {
  const errors = records.flatMap(({ action, fingerprint }, place) => {
    if (!fingerprints.has(action.id) || fingerprints.get(action.id) === fingerprint) return [];
    const field = `/records/${place}/key`;
    return { field, code: 'key_reused', message: `${field} and its time are of a record that says something else.` };
  });
  if (errors.length === 0) return;
  const detail = `${errors.length} record(s) are there already with the same key and time, but say something else; nothing was recorded.`;
  throw Problem.conflict('key_reused', detail, errors);
}

/** Of a record that the batch has twice, the first is the new one. */
function resultOf(records: readonly ReadyRecord[], recorded: ReadonlySet<string>): IngestionResult {
  const fresh = new Set(recorded);
  return {
    recorded: recorded.size,
    duplicates: records.length - recorded.size,
    records: records.map(({ key, action: { id } }) => ({
      key,
      id,
      status: fresh.delete(id) ? 'recorded' : 'duplicate',
    })),
  };
}
