import { BACKFILL_BATCH_SIZE, Backfill } from '../../../src/audit/ledger/backfill';
import { LedgerReader } from '../../../src/audit/ledger/ledger.reader';
import { Sequencer } from '../../../src/audit/ledger/sequencer';
import { BackfillJob } from '../../../src/jobs/ledger/backfill.job';
import { momentOf } from '../../../src/lib/time-ordered-id';
import { count, expectCompleteLedgers, readLedger, readLedgerOf, untilSequenced, upgrade } from '../../support/ledger';
import { fillWith } from '../../support/records';
import { useManager } from '../../support/use-people';
import { useServices } from '../../support/use-service';

/** Not a multiple of the batch size. */
const EXISTING = 3 * BACKFILL_BATCH_SIZE + 70;

describe('records that existed before the ledger', () => {
  const services = useServices();
  const [service] = services;
  const manager = useManager(service);
  const other = useManager(service, 'other@two.example');
  let existing: string[];

  const accountId = () => manager.user.account.id;
  const ids = async () =>
    (
      await service.writeSource.query<{ id: string }[]>('SELECT id FROM activities WHERE account_id = ? ORDER BY id', [
        accountId(),
      ])
    ).map(({ id }) => id);
  const end = () => service.app.get(LedgerReader).findEnd(accountId());
  const sequenceAll = () => Promise.all(services.map(({ app }) => app.get(Sequencer).sequenceAll()));

  beforeAll(async () => {
    await fillWith(service, manager, EXISTING);
    await sequenceAll();
    await upgrade(service);
    existing = await ids();
  });

  it('have no place at first, and newer ones wait behind them', async () => {
    await manager.post('/v1/page-views', { page: '/newer' }).expect(201);
    await sequenceAll();
    expect(await readLedgerOf(service, accountId())).toEqual([]);
    expect(await end()).toEqual({ sequence: 0, settledThrough: null, isComplete: false, backfilledThrough: null });
    expect(await service.app.get(Backfill).listAccounts()).toEqual([accountId(), other.user.account.id].sort());
  });

  it('get their places in batches, by id, and the backfill goes on where it was interrupted', async () => {
    const { count: first } = await service.app.get(Backfill).appendNext(accountId());
    expect(first).toBe(BACKFILL_BATCH_SIZE);
    const last = existing[first - 1]!;
    expect(await end()).toMatchObject({
      sequence: first,
      isComplete: false,
      backfilledThrough: new Date(momentOf(last)),
    });
    const entries = await readLedgerOf(service, accountId());
    expect(entries.map(({ activity_id }) => activity_id)).toEqual(existing.slice(0, first));
  });

  it('have all their places once it has ended, by any number of processes, and the newer ones follow', async () => {
    const runs = await Promise.all(services.map(({ app }) => app.get(BackfillJob).run()));
    const backfilled = await count(service, `SELECT COUNT(*) AS count FROM activities WHERE account_id <> ''`);
    expect(runs.reduce((sum, appended) => sum + appended, 0)).toBe(backfilled - BACKFILL_BATCH_SIZE - 1);
    for (const one of services) await untilSequenced(one);
    const entries = await readLedgerOf(service, accountId());
    expect(entries.slice(0, existing.length).map(({ activity_id }) => activity_id)).toEqual(existing);
    expect(entries).toHaveLength(existing.length + 1);
    expect(await end()).toMatchObject({ isComplete: true, backfilledThrough: null });
    await expectCompleteLedgers(service);
  });

  it('are not backfilled again', async () => {
    const before = await readLedger(service);
    expect(await service.app.get(BackfillJob).run()).toBe(0);
    expect(await readLedger(service)).toEqual(before);
  });
});
