import { HttpStatus } from '@nestjs/common';
import { Problem } from '../http/problems/problem';
import { inBody, readableName, within } from '../http/problems/request-field';
import type { FieldErrors } from '../http/validation/field-errors';
import { requireInstant } from '../lib/time/instant';
import type { IncomingActivity } from './activities.dto';
import type { ReadyRecord } from './ready-record';
import { contentOf } from './record-content';

/** Returns the field of the record at a place in the batch, such as `/records/3`. */
export const fieldOf = (place: number) => inBody('records', place);

/**
 * Adds an error to each record that has the key and the time of an earlier record in the batch, but other content.
 * Duplicates are allowed.
 */
export function assertKeysDiffer(items: readonly IncomingActivity[], errors: FieldErrors): void {
  const firsts = new Map<string, number>();
  items.forEach((record, place) => {
    const field = within(fieldOf(place), 'key');
    const hasTime = !errors.coversWithin(fieldOf(place), 'occurredAt');
    const identity = JSON.stringify([record.key, hasTime && requireInstant(record.occurredAt).getTime()]);
    const first = firsts.get(identity);
    if (first === undefined) {
      if (!errors.covers(field)) firsts.set(identity, place);
      return;
    }
    if (errors.covers(field) || comparable(items, first, errors) === comparable(items, place, errors)) return;
    errors.add(
      field,
      'key_repeated',
      (name) => `${name} is also the key of another record in the batch with the same time, but different content.`,
    );
  });
}

/** Returns a text that is equal for records with the same content, even if they are invalid. */
function comparable(items: readonly IncomingActivity[], place: number, errors: FieldErrors): string {
  const record = items[place];
  return record && !errors.touches(fieldOf(place)) ? contentOf(record) : JSON.stringify(record);
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
