import { LedgerReader } from '../../../src/audit/ledger/ledger.reader';
import { Sequencer } from '../../../src/audit/ledger/sequencer';
import { Recorder } from '../../../src/audit/recording/recorder';
import { UnitOfWork } from '../../../src/database/unit-of-work';
import { onServer } from '../../support/database';
import { readLedgerOf, untilSequenced } from '../../support/ledger';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';

const VIEWS = '/v1/page-views';

describe('the time of recording', () => {
  const service = useService();
  const manager = useManager(service);
  afterEach(() => jest.restoreAllMocks());

  const accountId = () => manager.user.account.id;
  const end = () => service.app.get(LedgerReader).findEnd(accountId());
  const view = async (page: string) => {
    await manager.post(VIEWS, { page }).expect(201);
    await untilSequenced(service);
    return (await readLedgerOf(service, accountId())).at(-1)!;
  };

  it('is when the record got its place, and settles it', async () => {
    const before = Date.now();
    const { recorded_at, sequence } = await view('/now');
    expect(Date.parse(recorded_at)).toBeGreaterThanOrEqual(before);
    expect(await end()).toEqual({
      sequence,
      settledThrough: new Date(recorded_at),
      isComplete: true,
      backfilledThrough: null,
    });
  });

  it('never goes back, and is never that of a settled entry, even if the clock is set back', async () => {
    const first = await view('/first');
    service.setTime(new Date(Date.now() - 10 * 60_000));
    const second = await view('/second');
    const third = await view('/third');
    const times = [first, second, third].map(({ recorded_at }) => Date.parse(recorded_at));
    expect(times).toEqual([times[0], times[0]! + 1, times[0]! + 2]);
  });

  it('finds the last entry before a time', async () => {
    const entries = await readLedgerOf(service, accountId());
    const reader = service.app.get(LedgerReader);
    const last = entries.at(-1)!;
    for (const { recorded_at } of [entries[0]!, entries[2]!, last]) {
      const expected = entries.filter((entry) => entry.recorded_at < recorded_at).length;
      expect(await reader.findLastBefore(accountId(), new Date(recorded_at), last.sequence)).toBe(expected);
    }
    const later = new Date(Date.parse(last.recorded_at) + 1);
    expect(await reader.findLastBefore(accountId(), later, last.sequence)).toBe(last.sequence);
  });

  it('returns the records by page, with their columns', async () => {
    const reader = service.app.get(LedgerReader);
    const { sequence } = await end();
    const [page] = await reader.listRecords(accountId(), sequence - 2, sequence, 1);
    expect(page).toMatchObject({ sequence: sequence - 1, record: { page: '/second', activity: 'page.accessed' } });
    const rest = await reader.listRecords(accountId(), sequence - 1, sequence, 1);
    expect(rest).toMatchObject([{ sequence, record: { page: '/third' } }]);
    expect(await reader.listRecords(accountId(), sequence, sequence, 1)).toEqual([]);
  });

  if (onServer) {
    it('settles nothing of a transaction that stays open while others commit', async () => {
      const [unitOfWork, recorder] = [service.app.get(UnitOfWork), service.app.get(Recorder)];
      const actor = { accountId: accountId(), userId: null, userName: 'Slow', userEmail: null };
      const action = { actor, occurredAt: new Date(), type: 'page.accessed', outcome: 'failure', fields: {} } as const;
      let close = (): void => undefined;
      const isClosed = new Promise<void>((resolve) => (close = resolve));
      let open = (): void => undefined;
      const isOpen = new Promise<void>((resolve) => (open = resolve));
      const slow = unitOfWork.run(async () => {
        await recorder.recordPast([action]);
        open();
        await isClosed;
      });
      await isOpen;
      const seen: number[] = [];
      for (let commit = 0; commit < 5; commit++) {
        await manager.post(VIEWS, { page: `/meanwhile/${commit}` }).expect(201);
        await service.app.get(Sequencer).sequenceAll();
        seen.push((await end()).settledThrough!.getTime());
      }
      close();
      await slow;
      await untilSequenced(service);
      const entries = await readLedgerOf(service, accountId());
      const [record] = await service.app
        .get(LedgerReader)
        .listRecords(accountId(), entries.length - 1, entries.length, 1);
      expect(record).toMatchObject({ record: { userName: 'Slow' } });
      expect(record!.recordedAt.getTime()).toBeGreaterThan(Math.max(...seen));
    });
  }
});
