import { createHash } from 'node:crypto';
import request from 'supertest';
import { makeKey } from '../../support/api-keys';
import { queryString, type Person, type Query, REPORT, type Row } from '../../support/person';
import { recordFor } from '../../support/records';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';

const FILTER = { from: '2026-02-03', to: '2026-02-03', activity: ['page.accessed', 'invoice.sent'], limit: 2 };
const START = '2026-03-02T10:00:00.000Z';
const HOUR = 60 * 60_000;

/** Returns a cursor with other fields. Its checksum is right, because clients can compute it too. */
function forge(cursor: string, change: (fields: Record<string, unknown>) => object): string {
  const fields = JSON.parse(Buffer.from(cursor.split('.')[0]!, 'base64url').toString()) as Record<string, unknown>;
  const body = Buffer.from(JSON.stringify({ ...fields, ...change(fields) })).toString('base64url');
  return `${body}.${createHash('sha256').update(`cursor:${body}`).digest('base64url').slice(0, 16)}`;
}

describe('the record of a walk through the report', () => {
  const service = useService();
  const manager = useManager(service);
  let walkers = 0;
  let walker: Person;

  beforeAll(() =>
    recordFor(
      service,
      manager,
      Array.from({ length: 6 }, (_, minute) => ({ at: `2026-02-03T12:0${minute}:00Z` })),
    ),
  );
  beforeEach(async () => {
    walker = await newWalker();
  });
  afterEach(() => jest.restoreAllMocks());

  /** Creates a user, who logs in when the walks start. */
  const newWalker = async (): Promise<Person> => {
    const email = `walker-${++walkers}@one.example`;
    await service.newUser(manager, email, 'Walker', ['users_activity', 'api_keys']);
    service.setTime(START);
    return service.login(email);
  };
  /** Reads one page, and returns the cursor of the next one. */
  const read = async (reader: Person, query: Query = {}): Promise<string> => {
    const { body } = await reader.get(REPORT, { ...FILTER, ...query }).expect(200);
    return body.nextCursor;
  };
  /** Returns the records of reports that the person has built. */
  const recordsOf = async ({ user }: Person): Promise<Row[]> => {
    jest.restoreAllMocks();
    return manager.report({ from: '2026-03-01', userId: user.id, activity: ['report.built', 'report.exported'] });
  };
  const outcomesOf = async (reader: Person) => (await recordsOf(reader)).map(({ outcome }) => outcome).sort();

  it.each(['asc', 'desc'])('is that of its first page: %s', async (order) => {
    const pages: Row[][] = [];
    await walker.walk({ ...FILTER, order }, (page) => Promise.resolve(pages.push(page)));
    expect(pages.map(({ length }) => length)).toEqual([2, 2, 2]);
    expect(await recordsOf(walker)).toMatchObject([
      { activity: { code: 'report.built' }, outcome: 'success', occurredAt: '2026-03-02T12:00:00.000+02:00' },
    ]);
  });

  it('has the id that the cursors name', async () => {
    const named = (cursor: string) => {
      let id: unknown;
      forge(cursor, ({ record }) => ({ id: (id = record) }));
      return id;
    };
    const first = await read(walker);
    const second = await read(walker, { cursor: first });
    const [{ id } = { id: '' }] = await recordsOf(walker);
    expect([named(first), named(second)]).toEqual([id, id]);
  });

  it('is one for each walk', async () => {
    for (let walk = 0; walk < 2; walk++) await walker.walk(FILTER);
    expect(await recordsOf(walker)).toHaveLength(2);
  });

  it('covers pages of other sizes, and the same page again', async () => {
    const cursor = await read(walker);
    for (const limit of [1, 3, 1]) await read(walker, { cursor, limit });
    expect(await recordsOf(walker)).toHaveLength(1);
  });

  it('is one for an API key', async () => {
    const { program } = await makeKey(service, walker);
    await program.walk(FILTER);
    expect(await recordsOf(program)).toHaveLength(1);
    expect(await recordsOf(walker)).toEqual([]);
  });

  it.each(['a user', 'an API key'])('covers no pages of another actor: %s', async (kind) => {
    const cursor = await read(walker);
    const reader = kind === 'a user' ? await newWalker() : (await makeKey(service, walker)).program;
    const next = await read(reader, { cursor });
    await read(reader, { cursor: next });
    expect(await recordsOf(reader)).toHaveLength(1);
    expect(await recordsOf(walker)).toHaveLength(1);
  });

  it.each([
    ['covers pages within a day', 24 * HOUR - 1, 1],
    ['covers no pages after a day', 24 * HOUR, 2],
  ])('%s', async (_, later, records) => {
    const cursor = await read(walker);
    service.setTime(new Date(Date.parse(START) + later));
    // The first session has expired.
    const again = await service.login(`walker-${walkers}@one.example`);
    const next = await read(again, { cursor });
    await read(again, { cursor: next });
    expect(await recordsOf(walker)).toHaveLength(records);
  });

  it('covers no pages after it was deleted', async () => {
    const cursor = await read(walker);
    const [{ id } = { id: '' }] = await recordsOf(walker);
    await service.writeSource.query('DELETE FROM activities WHERE id = ?', [id]);
    service.setTime(START);
    await read(walker, { cursor });
    expect(await recordsOf(walker)).toHaveLength(1);
  });

  describe('cannot be forged', () => {
    it.each<[string, (fields: Record<string, unknown>) => object]>([
      ['a record that does not exist', () => ({ record: '01KJQ8T5G00000000000000000' })],
      ['no id', () => ({ record: 'x' })],
      ['no record', () => ({ record: undefined })],
      ['another interval', ({ fixed }) => ({ fixed: { ...(fixed as object), from: 0 } })],
    ])('by a cursor with %s', async (_, change) => {
      const cursor = await read(walker);
      await read(walker, { cursor: forge(cursor, change) });
      expect(await outcomesOf(walker)).toEqual(['success', 'success']);
    });

    it('by naming the record of another filter, of an export or of another activity', async () => {
      const cursor = await read(walker);
      await read(walker, { activity: [] });
      await walker.csv({ from: FILTER.from, to: FILTER.to, activity: FILTER.activity });
      const others = (await recordsOf(walker)).slice(0, 2);
      expect(others.map(({ activity }) => activity.code)).toEqual(['report.exported', 'report.built']);
      const [login] = await manager.report({ from: '2026-03-01', userId: walker.user.id, activity: 'user.login' });
      for (const record of [...others, login!].map(({ id }) => id)) {
        service.setTime(START);
        await read(walker, { cursor: forge(cursor, () => ({ record })) });
      }
      expect(await recordsOf(walker)).toHaveLength(6);
    });

    it('by a record that another system has sent, with the same details', async () => {
      const cursor = await read(walker);
      const [{ id } = { id: '' }] = await recordsOf(walker);
      await service.writeSource.query('UPDATE activities SET sent_by = ? WHERE id = ?', ['Another system', id]);
      service.setTime(START);
      await read(walker, { cursor });
      expect(await recordsOf(walker)).toHaveLength(2);
    });
  });

  it('covers no attempts that fail or are denied', async () => {
    const cursor = await read(walker);
    await walker.get(REPORT, { ...FILTER, cursor, outcome: 'denied' }).expect(400);
    jest.restoreAllMocks();
    const { body } = await manager.get('/v1/roles', { limit: 1000 }).expect(200);
    const role = body.data.find(({ name }: { name: string }) => name === `Role of walker-${walkers}@one.example`);
    await manager.patch(`/v1/roles/${role.id}`, { privileges: ['api_keys'], version: role.version }).expect(200);
    service.setTime(START);
    await walker.get(REPORT, { ...FILTER, cursor }).expect(403);
    expect(await outcomesOf(walker)).toEqual(['denied', 'failure', 'success']);
  });

  it('is left by no HEAD request', async () => {
    const cursor = await read(walker);
    for (const query of [FILTER, { ...FILTER, cursor }]) {
      const head = request(service.url).head(REPORT + queryString(query));
      await head.set('authorization', `Bearer ${walker.token}`).expect(200);
    }
    expect(await recordsOf(walker)).toHaveLength(1);
  });
});
