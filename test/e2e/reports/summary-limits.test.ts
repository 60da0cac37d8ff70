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
import { onServer } from '../../support/database';
import type { Query } from '../../support/person';
import { fillWith, recordFor } from '../../support/records';
import { SUMMARY } from '../../support/summary';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';

/** The most rows that are counted at once on SQLite, which cannot stop a statement. */
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
      if (!onServer) expect(Math.max(...counted)).toBeLessThanOrEqual(AT_ONCE);
    },
    180_000,
  );

  if (onServer) {
    it('stop a statement that takes too long', async () => {
      const connection = readConnection(readConnectionOptions(service.app.get(Config)));
      const others = ['b', 'c'].map((name) => `activities ${name} ON ${name}.id <> a.comment`);
      const sql = `SELECT COUNT(*) FROM activities a JOIN ${others.join(' JOIN ')}`;
      await expect(connection.read({ sql, values: [] }, 200)).rejects.toThrow(StatementStopped);
      expect(await connection.read({ sql: 'SELECT 1', values: [] }, 200)).toEqual([[1]]);
      // Closes the connection.
      await expect(connection.read({ sql: 'KILL CONNECTION_ID()', values: [] })).rejects.toThrow();
    }, 30_000);
  }

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

if (onServer) {
  describe('a summary whose statement takes too long', () => {
    const service = useService({ EXPORT_WORKERS: '1', SUMMARY_TIMEOUT_SECONDS: '600' });
    const manager = useManager(service);
    const QUERY = { groupBy: 'day', from: '2024-01-01', to: '2024-01-03' };

    beforeAll(() => recordFor(service, manager, [{ at: '2024-01-01T12:00:00Z' }, { at: '2024-01-02T12:00:00Z' }]));
    afterEach(() => jest.restoreAllMocks());

    /**
     * Locks the records, so that each statement that reads or writes them waits until it is stopped, and unlocks them when
     * some statements have waited.
     */
    const whileLocked = async (hasWaited: (statements: ReadonlySet<string>) => boolean): Promise<void> => {
      const runner = service.writeSource.createQueryRunner();
      try {
        await runner.query('LOCK TABLES activities WRITE');
        const waiting = new Set<string>();
        while (!hasWaited(waiting)) {
          const rows = (await runner.query(
            `SELECT info AS statement FROM information_schema.processlist
             WHERE db = DATABASE() AND state LIKE 'Waiting for table%'`,
          )) as { readonly statement: string }[];
          for (const { statement } of rows) waiting.add(statement);
          await setImmediate();
        }
      } finally {
        await runner.query('UNLOCK TABLES');
        await runner.release();
      }
    };
    /** Returns the number of statements that contain a text. */
    const countOf = (text: string, statements: ReadonlySet<string>) =>
      [...statements].filter((statement) => statement.includes(text)).length;

    it('is refused when its time is over', async () => {
      jest.replaceProperty(service.app.get(Config), 'SUMMARY_TIMEOUT_SECONDS', 1);
      const summary = manager.get(SUMMARY, QUERY).then((response) => response);
      // The record of the refusal waits for the lock too, so the response comes after it.
      await whileLocked((statements) => countOf('INSERT INTO', statements) > 0);
      const { status, body } = await summary;
      expect([status, body.code]).toEqual([422, 'summary_too_large']);
      expect(body.errors).toMatchObject([{ field: 'from' }]);
      expect(body.detail).toMatch(/took longer than 1 second.*Choose a shorter interval, such as a part of a day, or/);
      const [row] = await manager.report({ activity: 'report.summarized', limit: 1 });
      expect(row).toMatchObject({ outcome: 'failure', failureCode: 'summary_too_large' });
    });

    it('counts each activity once if a shorter statement is fast enough', async () => {
      const summary = manager.get(SUMMARY, QUERY).then((response) => response);
      await whileLocked((statements) => countOf('COUNT(*)', statements) > 1);
      const { status, body } = await summary;
      expect([status, body.totals?.count]).toEqual([200, 2]);
    });
  });
}

function intervalOf({ parts }: SliceTask): readonly [number, number] {
  return [parts[0]!.from, parts.at(-1)!.to];
}
