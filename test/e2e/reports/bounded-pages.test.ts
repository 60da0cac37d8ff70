import { MAX_LOOKED_AT } from '../../../src/reports/users-activity/reading/activity.reader';
import { csvLines } from '../../support/csv';
import { REPORT, type Query } from '../../support/person';
import { fillWith, recordFor } from '../../support/records';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';

/** More than two pages look at. */
const ROWS = 2 * MAX_LOOKED_AT + 2500;

describe('a report of few among many activities', () => {
  const service = useService();
  const manager = useManager(service);

  beforeAll(async () => {
    const old = new Date(Date.now() - 3_600_000);
    const origin = { requestId: 'the-oldest-one' };
    await recordFor(service, manager, [
      { at: old, origin, fields: { comment: 'Nadel im Heuhaufen' } },
      { at: old, type: 'subscription.canceled', fields: { subscriptionReference: 'SUB1' } },
    ]);
    await fillWith(service, manager, ROWS, { comment: 'Heu' });
  }, 360_000);
  afterEach(() => jest.restoreAllMocks());

  const filters: [name: string, query: Query][] = [
    ['by a request', { requestId: 'the-oldest-one' }],
    ['by a text', { q: 'NADEL im' }],
    ['by a text and an activity', { q: 'NADEL im', activity: 'page.accessed' }],
    ['by all outcomes but one', { q: 'nadel', outcome: ['success', 'failure'] }],
  ];

  it('has all rare activities of a busy user on one page', async () => {
    const query = { userId: manager.user.id, activity: ['subscription.canceled', 'subscription.enabled'] };
    const { body } = await manager.get(REPORT, query).expect(200);
    expect(body).toMatchObject({ data: [{ activity: { code: 'subscription.canceled' } }], nextCursor: null });
    const { body: none } = await manager.get(REPORT, { ...query, q: 'nadel' }).expect(200);
    expect(none).toMatchObject({ data: [], nextCursor: null });
  });

  it('tests the activities of a busy user by the index alone, before it reads any row', async () => {
    const queries = jest.spyOn(service.readSource, 'query');
    const query = { userId: manager.user.id, activity: 'page.accessed', limit: 10 };
    const { body } = await manager.get(REPORT, query).expect(200);
    expect(body.data).toHaveLength(10);
    const tests = queries.mock.calls
      .map(([sql]) => sql)
      .filter((sql) => /\buser_id (=|IN).*\bactivity (=|IN)/.test(sql));
    expect(tests.length).toBeGreaterThan(0);
    for (const sql of tests) expect(sql).toMatch(/^SELECT id FROM activities /);
  });

  it.each(filters)('has pages without rows, with a cursor to go on: %s', async (_, query) => {
    const pages: { rows: number; isLast: boolean }[] = [];
    let cursor: string | null | undefined;
    do {
      const { body, headers } = await manager.get(REPORT, { ...query, ...(cursor && { cursor }) }).expect(200);
      pages.push({ rows: body.data.length, isLast: body.nextCursor === null });
      expect(headers.link === undefined).toBe(body.nextCursor === null);
      cursor = body.nextCursor;
    } while (cursor);
    const found = pages.map(({ rows }) => rows);
    expect(found.slice(0, 2)).toEqual([0, 0]);
    expect(found.at(-1)).toBe(1);
    expect(found.length).toBeLessThan(8);
  });

  it.each(filters)(
    'looks at a bounded number of rows for a page, none of its statements at many: %s',
    async (_, query) => {
      const queries = jest.spyOn(service.readSource, 'query');
      await manager.get(REPORT, query).expect(200);
      const windows = queries.mock.calls
        .filter(([sql]) => sql.includes('OFFSET'))
        .map(([sql, values]) => {
          const ranges = sql.split('UNION ALL').length;
          return ranges * (((values as number[]).at(-1) ?? 0) + 1);
        });
      expect(windows.length).toBeGreaterThan(1);
      expect(Math.max(...windows)).toBeLessThanOrEqual('q' in query ? 1000 : 5000);
      expect(windows.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(MAX_LOOKED_AT);
    },
  );

  it.each(filters)('is complete as CSV: %s', async (_, query) => {
    for (const order of ['asc', 'desc']) {
      expect(csvLines(await manager.csv({ ...query, order })).slice(1)).toHaveLength(1);
    }
  });

  it('begins with the oldest at once, and ends', async () => {
    const rows = await manager.walk({ requestId: 'the-oldest-one', order: 'asc' });
    expect(rows.map(({ requestId }) => requestId)).toEqual(['the-oldest-one']);
  });

  it('has full pages where many match', async () => {
    const rows = await manager.report({ q: 'heu', limit: 1000 });
    expect(rows).toHaveLength(1000);
  });
});
