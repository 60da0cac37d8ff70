import type { Test } from 'supertest';
import type { Person } from './person';
import type { Service } from './service';

/** A record in a request, which need not be valid. */
export type RecordRequest = Record<string, unknown>;

/** Returns a record of a person who is not a user, one minute ago, with the fields that a test sets. */
export function recordOf(key: string, fields: RecordRequest = {}): RecordRequest {
  return {
    key,
    occurredAt: minutesAgo(1),
    activity: 'page.accessed',
    page: 'Elsewhere',
    user: { name: 'Nadia Night', email: 'nadia@night-shift.example' },
    ...fields,
  };
}

/** Returns `count` records, one second apart, the last of them one minute ago. */
export function batchOf(count: number, prefix: string, fields: RecordRequest = {}): RecordRequest[] {
  const last = Date.now() - 60_000;
  return Array.from({ length: count }, (_, place) =>
    recordOf(`${prefix}-${place}`, {
      occurredAt: new Date(last - (count - 1 - place) * 1000).toISOString(),
      ...fields,
    }),
  );
}

export function minutesAgo(minutes: number): string {
  return new Date(Date.now() - minutes * 60_000).toISOString();
}

/** Sends records as one batch. */
export function ingest(person: Person, records: unknown): Test {
  return person.post('/v1/activities', { records });
}

/** Reads the stored rows of ingested records, sorted by id. */
export async function ingestedRows(service: Service): Promise<StoredRow[]> {
  const rows = await service.writeSource.query<(Omit<StoredRow, 'details'> & { details: string })[]>(
    `SELECT id, user_id, user_name, user_email, details FROM activities WHERE details LIKE '%"fingerprint"%' ORDER BY id`,
  );
  return rows.map((row) => ({ ...row, details: JSON.parse(row.details) as StoredRow['details'] }));
}

interface StoredRow {
  readonly id: string;
  readonly user_id: string | null;
  readonly user_name: string;
  readonly user_email: string | null;
  readonly details: {
    readonly key: string;
    readonly fingerprint: string;
    readonly senderId: string;
  };
}
