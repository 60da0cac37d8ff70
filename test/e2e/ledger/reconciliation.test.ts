import { LedgerRepository } from '../../../src/audit/ledger/ledger.repository';
import { Reconciliation, RECONCILIATION_BATCH_SIZE } from '../../../src/audit/ledger/reconciliation';
import { Sequencer } from '../../../src/audit/ledger/sequencer';
import { PASS_BATCHES, ReconciliationJob } from '../../../src/jobs/ledger/reconciliation.job';
import { Config } from '../../../src/config/config';
import { IdSource } from '../../../src/lib/time-ordered-id';
import { count, expectCompleteLedgers, readLedgerOf, untilSequenced } from '../../support/ledger';
import { fillWith, recordFor } from '../../support/records';
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
       LEFT JOIN audit_ledger
         ON audit_ledger.account_id = activities.account_id AND audit_ledger.activity_id = activities.id
       WHERE audit_ledger.sequence IS NULL`,
    );
  const settle = async () => {
    for (const { app } of services) await app.get(Sequencer).sequenceAll();
    await untilSequenced(service);
  };

  const beginPass = () => service.writeSource.query('UPDATE audit_ledger_heads SET pass_position = NULL');

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
    // Otherwise, the sequencer would seem to be five minutes behind.
    await settle();
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

  it('get their places by the next pass if one has ended after a full batch', async () => {
    await settle();
    const ledger = await readLedgerOf(service, manager.user.account.id);
    const newest = ledger
      .map(({ activity_id }) => activity_id)
      .sort()
      .at(-1);
    await writeOld(new Date(Date.now() - 15 * DAY));
    await service.writeSource.query('UPDATE audit_ledger_heads SET pass_position = ? WHERE account_id = ?', [
      newest,
      manager.user.account.id,
    ]);
    await run();
    await run();
    await settle();
    expect(await unplaced()).toBe(0);
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

  it('are announced once, even if two processes look at them at the same time', async () => {
    await writeOld(new Date(Date.now() - 20 * DAY));
    await beginPass();
    later(30);
    const ledger = service.app.get(LedgerRepository);
    const listPlaces = ledger.listPlaces.bind(ledger);
    const waiting: (() => void)[] = [];
    jest.spyOn(ledger, 'listPlaces').mockImplementation(async (...parameters) => {
      const places = await listPlaces(...parameters);
      await new Promise<void>((goOn) => {
        if (waiting.push(goOn) === 2) for (const one of waiting) one();
      });
      return places;
    });
    const check = () => service.app.get(Reconciliation).check(manager.user.account.id, 'all');
    const batches = await Promise.all([check(), check()]);
    expect(batches.sort((a, b) => a.found - b.found)).toEqual([
      { found: 0, isAtEnd: false },
      { found: 1, isAtEnd: false },
    ]);
  });

  it('are not announced again while the sequencer is behind', async () => {
    const { id: accountId } = manager.user.account;
    // Otherwise, a run of the sequencer that is due already could take the pending record before the check.
    await settle();
    const pending = await writeOld(new Date(Date.now() - 20 * DAY));
    await service.writeSource.query('INSERT INTO audit_pending (id, account_id, activity_ids) VALUES (?, ?, ?)', [
      new IdSource().next(new Date()),
      accountId,
      JSON.stringify([pending]),
    ]);
    await beginPass();
    later(40);
    const check = () => service.app.get(Reconciliation).check(accountId, 'all');
    expect(await check()).toEqual({ found: 0, isAtEnd: true });
    await settle();
    expect([await unplaced(), (await check()).found]).toEqual([0, 0]);
  });

  describe('in great numbers, and late', () => {
    const NUMBER = (PASS_BATCHES + 1) * RECONCILIATION_BATCH_SIZE + 10;

    beforeEach(async () => {
      // The recent records end with this one, so only the pass looks at those that are older.
      await recordFor(service, manager, [{ at: new Date(Date.now() + 60 * MINUTE) }]);
      await settle();
      later(70);
      await run();
      await settle();
      await beginPass();
      await fillWith(service, manager, NUMBER);
    });

    it('get their places at once, by one run of each process', async () => {
      await run();
      await settle();
      expect(await unplaced()).toBe(0);
      await expectCompleteLedgers(service);
    });

    it('are left to the next run if this one must end', async () => {
      const reconciliation = service.app.get(Reconciliation);
      const createJob = () => new ReconciliationJob(reconciliation, service.app.get(Config));
      const [stopped, next] = [createJob(), createJob()];
      const check = reconciliation.check.bind(reconciliation);
      jest.spyOn(reconciliation, 'check').mockImplementation(async (accountId, part) => {
        const batch = await check(accountId, part);
        if (batch.found > 0) stopped.stop();
        return batch;
      });
      expect(await stopped.run()).toBeLessThanOrEqual(RECONCILIATION_BATCH_SIZE);
      await settle();
      expect(await unplaced()).toBeGreaterThanOrEqual(PASS_BATCHES * RECONCILIATION_BATCH_SIZE);
      await next.run();
      await settle();
      expect(await unplaced()).toBe(0);
    });
  });
});
