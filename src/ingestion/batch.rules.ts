import { HttpStatus } from '@nestjs/common';
import { Problem } from '../http/problems/problem';
import { inBody, readableName, within } from '../http/problems/request-field';
import type { Faults } from '../http/validation/faults';
import type { IncomingActivity } from './activities.dto';
import type { ReadyRecord } from './ready-record';
import { contentOf } from './record-content';

/** A record of the batch, as errors name it. */
export const fieldOf = (place: number) => inBody('records', place);

/** Refuses records of one batch that share a key but differ. Equal records with one key are duplicates, which is fine. */
export function assertKeysDiffer(items: readonly IncomingActivity[], faults: Faults): void {
  const contents = new Map<string, string>();
  items.forEach((record, place) => {
    const field = within(fieldOf(place), 'key');
    if (faults.covers(field)) return;
    const content = faults.touches(fieldOf(place)) ? JSON.stringify(record) : contentOf(record);
    const first = contents.get(record.key) ?? content;
    contents.set(record.key, first);
    if (first === content) return;
    faults.add(
      field,
      'key_repeated',
      (name) => `${name} is also the key of another record in the batch, which has different content.`,
    );
  });
}

/** Refuses records that differ from one that was recorded before with the same key and time. */
export function assertKeysNotReused(records: readonly ReadyRecord[], fingerprints: ReadonlyMap<string, unknown>): void {
  const errors = records.flatMap(({ action, fingerprint }, place) => {
    if (!fingerprints.has(action.id) || fingerprints.get(action.id) === fingerprint) return [];
    const field = within(fieldOf(place), 'key');
    return {
      field,
      code: 'key_reused',
      message: `A record with the key and the time of ${readableName(fieldOf(place))} already exists, with different content.`,
    };
  });
  if (errors.length === 0) return;
  const detail = `${errors.length} record(s) already exist with the same key and time but other content; nothing was recorded.`;
  throw new Problem(HttpStatus.CONFLICT, 'key_reused', detail, errors);
}
