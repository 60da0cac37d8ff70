import { setTimeout } from 'node:timers/promises';
import { AuditLedger1764350000000 } from '../../src/database/migrations/1764350000000-audit-ledger';
import type { Service } from './service';

/** An entry of a ledger, as the table has it. */
interface StoredEntry {
  readonly account_id: string;
  readonly sequence: number;
  readonly activity_id: string;
  /** As a text that sorts by time. */
  readonly recorded_at: string;
  readonly digest: string;
  readonly leaf_hash: string;
  readonly salt: string | null;
  readonly personal_hash: string;
}

/** An entry as the driver returns it. */
type RawEntry = Omit<StoredEntry, 'sequence' | 'recorded_at'> & {
  readonly sequence: number | string;
  readonly recorded_at: string | Date;
};

/** Reads the entries of all ledgers, by account and sequence. */
export async function readLedger(service: Service): Promise<StoredEntry[]> {
  const rows = await service.writeSource.query<RawEntry[]>('SELECT * FROM audit_ledger ORDER BY account_id, sequence');
  return rows.map((row) => ({ ...row, sequence: Number(row.sequence), recorded_at: textOf(row.recorded_at) }));
}

/** Reads the entries of an account. */
export async function readLedgerOf(service: Service, accountId: string): Promise<StoredEntry[]> {
  return (await readLedger(service)).filter(({ account_id }) => account_id === accountId);
}

/** Waits until no record is pending, which the service must achieve by itself. */
export async function untilSequenced(service: Service): Promise<void> {
  while ((await count(service, 'SELECT COUNT(*) AS count FROM audit_pending')) > 0) await setTimeout(5);
}

/** Returns the number that a query counts. */
export async function count(service: Service, sql: string): Promise<number> {
  return Number((await service.writeSource.query<{ count: number | string }[]>(sql))[0]!.count);
}

/**
 * Compares the ledgers with the records: each record must have exactly one place, the sequences of each account must be
 * 1, 2, 3 … without gaps, and the time of recording must grow with them.
 */
export async function expectCompleteLedgers(service: Service): Promise<void> {
  const records = await service.writeSource.query<{ account_id: string; id: string }[]>(
    'SELECT account_id, id FROM activities',
  );
  const entries = await readLedger(service);
  const placed = entries.map(({ account_id, activity_id }) => `${account_id} ${activity_id}`);
  expect(placed.sort()).toEqual(records.map(({ account_id, id }) => `${account_id} ${id}`).sort());
  for (const accountId of new Set(entries.map(({ account_id }) => account_id))) {
    const own = entries.filter(({ account_id }) => account_id === accountId);
    expect(own.map(({ sequence }) => sequence)).toEqual(own.map((_, index) => index + 1));
    const times = own.map(({ recorded_at }) => recorded_at);
    expect(times).toEqual([...times].sort());
  }
}

/** Makes the ledger anew, as the upgrade of a database with records does. */
export async function upgrade({ writeSource }: Service): Promise<void> {
  const runner = writeSource.createQueryRunner();
  const migration = new AuditLedger1764350000000();
  await migration.down(runner);
  await migration.up(runner);
  await runner.release();
}

function textOf(instant: string | Date): string {
  return instant instanceof Date ? instant.toISOString() : `${instant.replace(' ', 'T')}Z`;
}
