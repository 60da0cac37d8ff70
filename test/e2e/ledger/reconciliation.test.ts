import { Sequencer } from '../../../src/audit/ledger/sequencer';
import { RECONCILIATION_BATCH_SIZE } from '../../../src/audit/ledger/reconciliation';
import { ReconciliationJob } from '../../../src/jobs/ledger/reconciliation.job';
import { IdSource } from '../../../src/lib/time-ordered-id';
import { count, expectCompleteLedgers, readLedgerOf, untilSequenced } from '../../support/ledger';
import { fillWith } from '../../support/records';
import { useManager } from '../../support/use-people';
import { useServices } from '../../support/use-service';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

describe('records that a version without the ledger has written', () => {
  const services = useServices();
  const [service] = services;
  const manager = useManager(service);
  const later = (minutes: number) => {
    for (const one of services) one.setTime(new Date(Date.now() + minutes * MINUTE));
  };
  afterEach(() => jest.restoreAllMocks());

  const run = () => Promise.all(services.map(({ app }) => app.get(ReconciliationJob).run()));
  const unplaced = () =>
    count(
      service,
      `SELECT COUNT(*) AS count FROM activities
       LEFT JOIN audit_ledger ON audit_ledger.activity_id = activities.id WHERE audit_ledger.sequence IS NULL`,
    );
  const settle = async () => {
    for (const { app } of services) await app.get(Sequencer).sequenceAll();
    await untilSequenced(service);
  };

  /** Writes a record as the old version does. */
  const writeOld = async (at: Date): Promise<string> => {
    const id = new IdSource().next(at);
    const [row] = await service.writeSource.query<Record<string, unknown>[]>(
      `SELECT * FROM activities WHERE account_id = ? ORDER BY id LIMIT 1`,
      [manager.user.account.id],
    );
    const copied = Object.keys(row!).filter((column) => column !== 'id');
    await service.writeSource.query(
      `INSERT INTO activities (id, ${copied.join(', ')}) SELECT ?, ${copied.join(', ')} FROM activities WHERE id = ?`,
      [id, row!.id],
    );
    return id;
  };

  it('get their places: recent ones by the first run, late ones by the pass over all records', async () => {
    await fillWith(service, manager, 2 * RECONCILIATION_BATCH_SIZE + 10);
    later(5);
    await run();
    await settle();
    await expectCompleteLedgers(service);

    const recent = await writeOld(new Date(Date.now() + 3 * MINUTE));
    const late = await writeOld(new Date(Date.now() - 10 * DAY));
    expect(await unplaced()).toBe(2);
    later(10);
    const found = await run();
    expect(found.reduce((sum, number) => sum + number, 0)).toBeGreaterThanOrEqual(2);
    await settle();
    await expectCompleteLedgers(service);
    const entries = await readLedgerOf(service, manager.user.account.id);
    const newest = entries.slice(-2).map(({ activity_id }) => activity_id);
    expect(newest.sort()).toEqual([late, recent].sort());
  });

  it('are left to the sequencer for half a minute', async () => {
    await writeOld(new Date());
    expect(await run()).toEqual(services.map(() => 0));
    expect(await unplaced()).toBe(1);
    later(1);
    await run();
    await settle();
    expect(await unplaced()).toBe(0);
  });

  it('of an account that has no ledger yet get their places too', async () => {
    const other = await service.newManager('other@two.example');
    await settle();
    const accountId = other.user.account.id;
    for (const table of ['audit_ledger', 'audit_ledger_heads'])
      await service.writeSource.query(`DELETE FROM ${table} WHERE account_id = ?`, [accountId]);
    later(20);
    await run();
    await settle();
    expect(await readLedgerOf(service, accountId)).not.toEqual([]);
    await expectCompleteLedgers(service);
  });
});
