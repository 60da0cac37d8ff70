import { setTimeout } from 'node:timers/promises';
import { PendingLedger } from '../../../src/audit/ledger/pending-ledger';
import { Sequencer } from '../../../src/audit/ledger/sequencer';
import { Recorder } from '../../../src/audit/recording/recorder';
import { UnitOfWork } from '../../../src/database/unit-of-work';
import { ingest, batchOf, recordOf } from '../../support/ingestion';
import { count, expectCompleteLedgers, readLedgerOf, untilSequenced } from '../../support/ledger';
import type { Person } from '../../support/person';
import { recordFor } from '../../support/records';
import { scaled } from '../../support/scale';
import { useManager } from '../../support/use-people';
import { useService, useServices } from '../../support/use-service';

const VIEWS = '/v1/page-views';

describe('the ledger of an account', () => {
  const service = useService();
  const manager = useManager(service);
  afterEach(() => jest.restoreAllMocks());

  const entries = () => readLedgerOf(service, manager.user.account.id);
  const newIds = async (from: number) => (await entries()).slice(from).map(({ activity_id }) => activity_id);

  it('gets each committed record by itself: reads, writes, failures, denials and records of other systems', async () => {
    const john = await service.newUser(manager, 'john@one.example', 'John Doe', []);
    await Promise.all([
      manager.get('/v1/users').expect(200),
      manager.post('/v1/roles', { name: 'Desk', privileges: [] }).expect(201),
      john.get('/v1/users').expect(403),
      service.nobody.post('/v1/auth/login', { email: 'john@one.example', password: 'wrong' }).expect(401),
      manager.post(VIEWS, { page: '/orders' }).expect(201),
      ingest(manager, batchOf(20, 'crm')).expect(200),
    ]);
    await untilSequenced(service);
    await expectCompleteLedgers(service);
    expect((await entries()).length).toBeGreaterThan(25);
  });

  it('has no place for attempts of nobody', async () => {
    await service.nobody.post('/v1/auth/login', { email: 'unknown@one.example', password: 'wrong' }).expect(401);
    expect(await count(service, 'SELECT COUNT(*) AS count FROM unclaimed_attempts')).toBe(1);
    await untilSequenced(service);
    await expectCompleteLedgers(service);
    expect(await count(service, 'SELECT COUNT(*) AS count FROM audit_ledger_heads')).toBe(1);
  });

  it('has a late record after those that were recorded before it', async () => {
    await manager.post(VIEWS, { page: '/before' }).expect(201);
    await untilSequenced(service);
    const before = (await entries()).length;
    const monthAgo = new Date(Date.now() - 25 * 24 * 60 * 60_000).toISOString();
    const { body } = await ingest(manager, [recordOf('late', { occurredAt: monthAgo })]).expect(200);
    await untilSequenced(service);
    expect(await newIds(before)).toEqual([body.records[0].id]);
  });

  it('keeps the order of the records of one transaction', async () => {
    await untilSequenced(service);
    const before = (await entries()).length;
    const times = [3, 1, 2].map((days) => new Date(Date.now() - days * 24 * 60 * 60_000));
    await recordFor(
      service,
      manager,
      times.map((at) => ({ at })),
    );
    await untilSequenced(service);
    const moments = new Map(
      (
        await service.writeSource.query<{ id: string; occurred_at: string | Date }[]>(
          'SELECT id, occurred_at FROM activities',
        )
      ).map(({ id, occurred_at }) => [id, new Date(occurred_at instanceof Date ? occurred_at : `${occurred_at}Z`)]),
    );
    expect((await newIds(before)).map((id) => moments.get(id))).toEqual(times);
  });

  it('has nothing of a transaction that was rolled back', async () => {
    await untilSequenced(service);
    const before = (await entries()).length;
    const [unitOfWork, recorder] = [service.app.get(UnitOfWork), service.app.get(Recorder)];
    const actor = { accountId: manager.user.account.id, userId: null, userName: 'Nobody', userEmail: null };
    const action = { actor, occurredAt: new Date(), type: 'page.accessed', outcome: 'failure', fields: {} } as const;
    const failing = unitOfWork.run(async () => {
      await recorder.recordPast([action]);
      throw new Error('rolled back');
    });
    await expect(failing).rejects.toThrow('rolled back');
    await manager.post(VIEWS, { page: '/after' }).expect(201);
    await untilSequenced(service);
    expect(await newIds(before)).toHaveLength(1);
    await expectCompleteLedgers(service);
  });

  it('has a place for a record once, even if it is announced again', async () => {
    await untilSequenced(service);
    const before = await entries();
    const again = [before[0]!.activity_id, before.at(-1)!.activity_id];
    await service.writeSource.query('INSERT INTO audit_pending (id, account_id, activity_ids) VALUES (?, ?, ?)', [
      '01J00000000000000000000000',
      manager.user.account.id,
      JSON.stringify([...again, ...again]),
    ]);
    await service.app.get(Sequencer).sequenceAll();
    expect(await entries()).toEqual(before);
    expect(await count(service, 'SELECT COUNT(*) AS count FROM audit_pending')).toBe(0);
  });

  it('gets more records than one transaction appends', async () => {
    await untilSequenced(service);
    const before = (await entries()).length;
    await recordFor(
      service,
      manager,
      Array.from({ length: 5500 }, (_, index) => ({ at: new Date(Date.now() - index) })),
    );
    await untilSequenced(service);
    expect(await newIds(before)).toHaveLength(5500);
    await expectCompleteLedgers(service);
  });
});

describe('an account whose ledger cannot be written', () => {
  const service = useService();
  const broken = useManager(service);
  const other = useManager(service, 'other@two.example');

  const entriesOf = async ({ user }: Person) => (await readLedgerOf(service, user.account.id)).length;
  const moveEnd = (places: number) =>
    service.writeSource.query('UPDATE audit_ledger_heads SET sequence = sequence + ? WHERE account_id = ?', [
      places,
      broken.user.account.id,
    ]);

  it('does not hold up those of others, and gets its places once it can be written', async () => {
    await untilSequenced(service);
    const before = [await entriesOf(broken), await entriesOf(other)];
    // The next place is taken already.
    await moveEnd(-1);
    await Promise.all([broken, other].map((manager) => manager.post(VIEWS, { page: '/orders' }).expect(201)));
    while ((await entriesOf(other)) === before[1]) await setTimeout(20);
    expect([await entriesOf(broken), await entriesOf(other)]).toEqual([before[0], before[1]! + 1]);
    await moveEnd(1);
    await untilSequenced(service);
    expect(await entriesOf(broken)).toBe(before[0]! + 1);
    await expectCompleteLedgers(service);
  });
});

describe('an account with more records than one transaction appends', () => {
  const service = useService();
  const busy = useManager(service);
  const other = useManager(service, 'other@two.example');
  afterEach(() => jest.restoreAllMocks());

  const accountIds = () => [busy, other].map(({ user }) => user.account.id);

  /** Records for both accounts, and waits until the sequencer would append them, which it leaves to the test. */
  const recordUnsequenced = async (batches: number, recordsPerBatch: number) => {
    await untilSequenced(service);
    const pending = service.app.get(PendingLedger);
    const ignored = jest.spyOn(pending, 'append').mockResolvedValue({ count: 0, appended: [], unfinished: [] });
    const records = Array.from({ length: recordsPerBatch }, () => ({ at: new Date() }));
    for (let count = 0; count < batches; count++) await recordFor(service, busy, records);
    await recordFor(service, other, records.slice(0, 1));
    while (!ignored.mock.calls.flat(2).includes(other.user.account.id)) await setTimeout(5);
    ignored.mockRestore();
    return pending;
  };

  it('leaves the others their share of it', async () => {
    const pending = await recordUnsequenced(45, 100);
    const { appended, unfinished } = await pending.append(accountIds());
    expect([[...appended].sort(), unfinished]).toEqual([accountIds(), accountIds().slice(0, 1)]);
    await service.app.get(Sequencer).sequenceAll();
    await expectCompleteLedgers(service);
  });

  it('takes turns with the others if its batches leave them no share', async () => {
    const pending = await recordUnsequenced(15, 1000);
    const appended = [await pending.append(accountIds()), await pending.append(accountIds())];
    expect(appended.flatMap((batch) => batch.appended)).toContain(other.user.account.id);
    expect(appended.at(-1)!.unfinished).toContain(busy.user.account.id);
    await service.app.get(Sequencer).sequenceAll();
    await expectCompleteLedgers(service);
  });
});

const WRITERS = 8;
const ROUNDS = scaled(30, 6);

describe('concurrent writers of two accounts', () => {
  const services = useServices();
  const [service] = services;
  const first = useManager(service);
  const second = useManager(service, 'other@two.example');

  /** What one writer does: actions, page views, batches with old records, failures and duplicates. */
  async function write(writer: number, { token, user }: Person, url: string): Promise<void> {
    const person = Object.assign(Object.create(first) as Person, { url, token, user });
    for (let round = 0; round < ROUNDS; round++) {
      const name = `Role ${writer} ${round}`;
      const views = Array.from({ length: 3 }, (_, view) => ({ page: `/page/${view}` }));
      const answers = await Promise.all([
        person.post('/v1/roles', { name, privileges: [] }),
        person.post('/v1/roles', { name, privileges: [] }),
        person.post(VIEWS, { page: '/single' }),
        person.post(VIEWS, { views }),
        ingest(person, batchOf(7, `w${writer}r${round}`)),
        ingest(person, batchOf(7, `shared${round}`, { occurredAt: '2026-11-20T00:00:00Z' })),
        person.get('/v1/roles/01J00000000000000000000000'),
      ]);
      for (const { status } of answers) expect([200, 201, 404, 409]).toContain(status);
    }
  }

  it('leave no gap and no duplicate, whatever fails and on however many processes', async () => {
    const writers = Array.from({ length: WRITERS }, (_, writer) =>
      write(writer, writer % 3 === 0 ? second : first, services[writer % services.length]!.url),
    );
    const sequencers = services.map(({ app }) => app.get(Sequencer));
    await Promise.all([...writers, ...sequencers.map((sequencer) => sequencer.sequenceAll())]);
    for (const one of services) await untilSequenced(one);
    await expectCompleteLedgers(service);
    const { account } = first.user;
    expect((await readLedgerOf(service, account.id)).length).toBeGreaterThan(ROUNDS * WRITERS);
  }, 900_000);
});
