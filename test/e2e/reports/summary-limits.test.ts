import { once } from 'node:events';
import { get } from 'node:http';
import type { Server } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { Config } from '../../../src/config/config';
import { readConnectionOptions } from '../../../src/database/sources/data-sources';
import { readConnection, StatementStopped } from '../../../src/database/sources/read-connection';
import { CountedGroups } from '../../../src/reports/users-activity/counting/counted-groups';
import type { SliceTask } from '../../../src/reports/users-activity/counting/slice';
import { ExportPool } from '../../../src/reports/users-activity/exports/export-pool';
import type { Query } from '../../support/person';
import { fillWith } from '../../support/records';
import { SUMMARY } from '../../support/summary';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';

/** The most rows that are counted at once on a database that cannot stop a statement. */
const AT_ONCE = 100_000;
const ROWS = AT_ONCE + 10_000;

describe('the limits of a summary', () => {
  const service = useService({ EXPORT_WORKERS: '1', EXPORTS_PER_ACCOUNT: '1' });
  const manager = useManager(service);

  beforeAll(() => fillWith(service, manager, ROWS), 240_000);
  afterEach(() => jest.restoreAllMocks());

  const QUERY = { groupBy: ['outcome'] };

  const pool = () => {
    const target = service.app.get(ExportPool);
    return { count: target.countSlice.bind(target), spy: jest.spyOn(target, 'countSlice') };
  };
  const summarize = async (query: Query) => (await manager.get(SUMMARY, query).expect(200)).body;
  const connect = () => readConnection(readConnectionOptions(service.app.get(Config)));

  it.each([
    ['all activities', {}],
    ['an activity type', { activity: 'page.accessed' }],
    ['a text', { q: 'dashboard' }],
  ])(
    'bound the rows that are counted at once: %s',
    async (_, filter) => {
      const { count, spy } = pool();
      const counted: number[] = [];
      spy.mockImplementation(async (task) => {
        const counts = await count(task);
        counted.push([...new CountedGroups(counts.groups)].reduce((sum, group) => sum + group.count, 0));
        return counts;
      });
      const { totals } = await summarize({ activity: 'page.accessed', ...QUERY, ...filter });
      expect(totals.count).toBe(ROWS);
      expect(counted.reduce((sum, rows) => sum + rows, 0)).toBe(ROWS);
      if (!connect().canStopStatements) expect(Math.max(...counted)).toBeLessThanOrEqual(AT_ONCE);
    },
    180_000,
  );

  it('stop a statement that takes too long, where the database can', async () => {
    const connection = connect();
    if (!connection.canStopStatements) return;
    const others = ['b', 'c'].map((name) => `activities ${name} ON ${name}.id <> a.comment`);
    const sql = `SELECT COUNT(*) FROM activities a JOIN ${others.join(' JOIN ')}`;
    const start = performance.now();
    await expect(connection.read({ sql, values: [] }, 200)).rejects.toThrow(StatementStopped);
    expect(performance.now() - start).toBeLessThan(5000);
    expect(await connection.read({ sql: 'SELECT 1', values: [] }, 200)).toEqual([[1]]);
    await expect(connection.read({ sql: 'KILL CONNECTION_ID()', values: [] })).rejects.toThrow();
  }, 30_000);

  it('let a slice that took too long be counted in shorter ones', async () => {
    const { count, spy } = pool();
    const lengths: number[] = [];
    spy.mockImplementation(async (task) => {
      const [from, to] = intervalOf(task);
      lengths.push(to - from);
      if (lengths.length > 1) return count(task);
      return { groups: [], to: from, took: 1000, method: task.method };
    });
    const { totals } = await summarize({ activity: 'page.accessed', ...QUERY });
    expect(totals.count).toBe(ROWS);
    expect(lengths[1]).toBeLessThanOrEqual(lengths[0]! / 16 + 1);
  }, 180_000);

  it('stop a summary whose client has left', async () => {
    const { count, spy } = pool();
    const server = service.app.getHttpServer() as Server;
    const connected = once(server, 'connection');
    const path = `${SUMMARY}?groupBy=day&from=2024-01-01&to=2024-12-31`;
    const request = get(`${service.url}${path}`, {
      headers: { authorization: `Bearer ${manager.token!}` },
      agent: false,
    });
    const failed = once(request, 'error');
    const [socket] = await connected;
    spy.mockImplementation(async (task) => {
      const counts = await count(task);
      const closed = once(socket, 'close');
      request.destroy();
      await closed;
      await setImmediate();
      return counts;
    });
    await expect(failed).resolves.toEqual([expect.objectContaining({ code: 'ECONNRESET' })]);
    const stopped = async () => {
      const [row] = await manager.report({ activity: 'report.summarized', outcome: 'failure', limit: 1 });
      return row?.failureCode;
    };
    while ((await stopped()) === undefined) await setImmediate();
    expect(await stopped()).toBe('client_left');
    expect(spy).toHaveBeenCalledTimes(1);
    jest.restoreAllMocks();
    await summarize(QUERY);
  }, 30_000);
});

function intervalOf({ parts }: SliceTask): readonly [number, number] {
  return [parts[0]!.from, parts.at(-1)!.to];
}
