import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { ExportPool } from '../../../src/reports/users-activity/exports/export-pool';
import { csvLines } from '../../support/csv';
import { REPORT } from '../../support/person';
import { fillWith, recordFor } from '../../support/records';
import { SUMMARY } from '../../support/summary';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';

const ROWS = 40_000;
/** Makes the export larger than the buffers between the service and its client. */
const COMMENT = 'a long comment '.repeat(130);
const QUERY = { activity: 'page.accessed', groupBy: ['day', 'outcome'] };

describe('a summary and exports that share a worker thread', () => {
  const service = useService({ EXPORT_WORKERS: '1', EXPORTS_PER_ACCOUNT: '2' });
  const manager = useManager(service);
  const other = useManager(service, 'manager@two.example');

  beforeAll(async () => {
    await fillWith(service, manager, ROWS, { comment: COMMENT });
  }, 360_000);
  afterEach(() => {
    jest.restoreAllMocks();
    // The service would wait for the exports that a failed test has left.
    for (const response of started.splice(0)) response.destroy();
  });

  const started: IncomingMessage[] = [];
  /** Starts an export, and pauses it after its first bytes. */
  const beginExport = async (): Promise<IncomingMessage> => {
    const request = get(`${service.url}${REPORT}?activity=page.accessed`, {
      headers: { authorization: `Bearer ${manager.token!}`, accept: 'text/csv' },
    });
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    started.push(response);
    await once(response, 'readable');
    return response;
  };

  const countLines = async (response: IncomingMessage): Promise<number> => {
    let lines = 0;
    for await (const chunk of response) lines += String(chunk).split('\n').length - 1;
    return lines;
  };

  it('take turns: the summary answers while an export waits or runs, and the export is complete', async () => {
    const waiting = await beginExport();
    const paused = await manager.get(SUMMARY, QUERY).expect(200);
    expect(paused.body.totals.count).toBe(ROWS);
    const running = countLines(waiting);
    const beside = await manager.get(SUMMARY, QUERY).expect(200);
    expect(beside.body.data).toEqual(paused.body.data);
    expect(await running).toBe(ROWS + 1);
  }, 540_000);

  it('are counted together, and too many are refused', async () => {
    const exports = [await beginExport(), await beginExport()];
    const { body, headers } = await manager.get(SUMMARY, QUERY).expect(429);
    expect([body.code, headers['retry-after']]).toEqual(['too_many_exports', '10']);
    for (const response of exports) expect(await countLines(response)).toBe(ROWS + 1);
    await manager.get(SUMMARY, QUERY).expect(200);
  }, 540_000);

  it('do not hold up another account: its report and its export are answered while the summary goes on', async () => {
    await recordFor(service, other, [{ at: '2025-12-01T10:00:00Z' }, { at: '2025-12-01T11:00:00Z' }]);
    const [oldest] = await manager.report({ activity: 'page.accessed', order: 'asc', limit: 1 });
    const pool = service.app.get(ExportPool);
    const count = pool.countSlice.bind(pool);
    let isHeld = true;
    const countSlice = jest.spyOn(pool, 'countSlice');
    // Until the other account has its responses, the summary counts its first rows again and again, as if that took too long.
    const isUnderWay = new Promise<void>((resolve) => {
      countSlice.mockImplementation(async (task) => {
        const counts = await count(task);
        resolve();
        return isHeld ? { ...counts, groups: [], to: task.parts[0]!.from } : counts;
      });
    });
    const summary = manager.get(SUMMARY, { ...QUERY, from: oldest!.occurredAt }).then((response) => response);
    try {
      await isUnderWay;
      const day = { from: '2025-12-01', to: '2025-12-01' };
      const page = await other.report(day);
      expect(csvLines(await other.csv(day)).slice(1)).toHaveLength(page.length);
      expect(page.map(({ activity }) => activity.code)).toEqual(['page.accessed', 'page.accessed']);
    } finally {
      isHeld = false;
    }
    const slicesBefore = countSlice.mock.calls.length;
    const { status, body } = await summary;
    expect([status, body.totals?.count]).toEqual([200, ROWS]);
    expect(countSlice.mock.calls.length).toBeGreaterThan(slicesBefore);
  }, 180_000);

  it('ask for one slice at a time', async () => {
    const pool = service.app.get(ExportPool);
    const count = pool.countSlice.bind(pool);
    let [running, most] = [0, 0];
    const countSlice = jest.spyOn(pool, 'countSlice').mockImplementation(async (task) => {
      most = Math.max(most, ++running);
      const counts = await count(task);
      running--;
      return counts;
    });
    await manager.get(SUMMARY, { ...QUERY, from: '2025-12-01' }).expect(200);
    expect([most, running]).toEqual([1, 0]);
    expect(countSlice).toHaveBeenCalled();
  });

  it('report a database that fails as 503, and free the place of the summary', async () => {
    const pool = service.app.get(ExportPool);
    const unavailable = Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR' });
    jest.spyOn(pool, 'countSlice').mockRejectedValue(unavailable);
    for (let time = 0; time < 3; time++) {
      const { body } = await manager.get(SUMMARY, QUERY).expect(503);
      expect(body.code).toBe('database_unavailable');
    }
    jest.restoreAllMocks();
    await manager.get(SUMMARY, QUERY).expect(200);
  });
});
