import type { Test } from 'supertest';
import type { Person } from './person';
import type { Service } from './service';

/** A record as a test sends it. */
export type Sent = Record<string, unknown>;

/** A record of somebody unknown, a minute ago; what a test says of it goes before. */
export function recordOf(key: string, said: Sent = {}): Sent {
  return {
    key,
    occurredAt: minutesAgo(1),
    activity: 'page.accessed',
    page: 'Elsewhere',
    user: { name: 'Nadia Night', email: 'nadia@night-shift.example' },
    ...said,
  };
}

/** So many records, a second after one another, the last a minute ago. */
export function batchOf(count: number, prefix: string, said: Sent = {}): Sent[] {
  const last = Date.now() - 60_000;
  return Array.from({ length: count }, (_, place) =>
    recordOf(`${prefix}-${place}`, { occurredAt: new Date(last - (count - 1 - place) * 1000).toISOString(), ...said }),
  );
}

export function minutesAgo(minutes: number): string {
  return new Date(Date.now() - minutes * 60_000).toISOString();
}

/** Sends records as one batch. */
export function ingest(person: Person, records: unknown): Test {
  return person.post('/v1/activities', { records });
}

/** The rows of the table that another system's records became, by their keys. */
export async function ingestedRows(service: Service): Promise<StoredRow[]> {
  const rows = await service.writeSource.query<(Omit<StoredRow, 'details'> & { details: string })[]>(
    `SELECT id, user_id, user_name, details FROM activities WHERE details LIKE '%"fingerprint"%' ORDER BY id`,
  );
  return rows.map((row) => ({ ...row, details: JSON.parse(row.details) as StoredRow['details'] }));
}

interface StoredRow {
  readonly id: string;
  readonly user_id: string | null;
  readonly user_name: string;
  readonly details: {
    readonly key: string;
    readonly fingerprint: string;
    readonly senderId: string;
    readonly userEmail?: string;
  };
}
