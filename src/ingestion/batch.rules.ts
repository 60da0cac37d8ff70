import { HttpStatus } from '@nestjs/common';
import { Problem } from '../http/problems/problem';
import { inBody, readableName, within } from '../http/problems/request-field';
import type { FieldErrors } from '../http/validation/field-errors';
import type { IncomingActivity } from './activities.dto';
import type { ReadyRecord } from './ready-record';
import { contentOf } from './record-content';

/** Returns the field of the record at a place in the batch, such as `/records/3`. */
export const fieldOf = (place: number) => inBody('records', place);

/**
 * Adds an error to each record that has the key of an earlier record in the batch, but other content. Duplicates are
 * allowed.
 */
export function assertKeysDiffer(items: readonly IncomingActivity[], errors: FieldErrors): void {
  const contents = new Map<string, string>();
  items.forEach((record, place) => {
    const field = within(fieldOf(place), 'key');
    if (errors.covers(field)) return;
    const content = errors.touches(fieldOf(place)) ? JSON.stringify(record) : contentOf(record);
    const first = contents.get(record.key) ?? content;
    contents.set(record.key, first);
    if (first === content) return;
    errors.add(
      field,
      'key_repeated',
      (name) => `${name} is also the key of another record in the batch, which has different content.`,
    );
  });
}

/**
 * Refuses records whose key and time belong to a stored record with other content.
 * @param fingerprints the fingerprints of the stored records, by id
 * @throws Problem 409 that names all such records
 */
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
