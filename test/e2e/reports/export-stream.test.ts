import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { Worker } from 'node:worker_threads';
import { Config } from '../../../src/config/config';
import { ReportExports } from '../../../src/reports/users-activity/exports/report-exports';
import { ExportPool } from '../../../src/reports/users-activity/exports/export-pool';
import { onServer } from '../../support/database';
import { EXPORT_FORMATS, exportPath, workbookParts, type ExportFormat } from '../../support/exports';
import { REPORT, type Person } from '../../support/person';
import { fillWith } from '../../support/records';
import { scaled } from '../../support/scale';
import { SUMMARY } from '../../support/summary';
import { useManager } from '../../support/use-people';
import { useProxiedService } from '../../support/use-proxied-service';
import { useService } from '../../support/use-service';

const ROWS = scaled(80_000, 40_000);
/** Makes the export larger than the buffers between the service and its client, which can hold 40 MB. */
const COMMENT = 'a long comment '.repeat(130);
const FILTER = { activity: 'page.accessed' };

/** An export as it comes over the wire, paused after its first bytes. */
async function openExport(url: string, { token = '' }: Person, format: ExportFormat = 'csv'): Promise<IncomingMessage> {
  const headers = { authorization: `Bearer ${token}` };
  const request = get(`${url}${exportPath(format)}?activity=page.accessed`, { headers });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  // Newer versions of Node.js report a reset connection here as well as on the response.
  request.on('error', () => undefined);
  await once(response, 'readable');
  return response;
}

async function countLines(response: IncomingMessage): Promise<number> {
  let lines = 0;
  for await (const chunk of response) lines += String(chunk).split('\n').length - 1;
  return lines;
}

describe('an export of many rows', () => {
  const service = useService({ EXPORT_WORKERS: '1', EXPORTS_PER_ACCOUNT: '2' });
  const manager = useManager(service);

  beforeAll(async () => {
    await fillWith(service, manager, ROWS, { comment: COMMENT });
  }, 360_000);
  afterEach(() => jest.restoreAllMocks());

  const beginExport = (format?: ExportFormat) => openExport(service.url, manager, format);

  /** Begins an export, and returns its stream in the service as well. */
  const observeExport = async (): Promise<{ response: IncomingMessage; stream: Readable }> => {
    const start = jest.spyOn(service.app.get(ReportExports), 'start');
    const response = await beginExport();
    const csv = await (start.mock.results.at(-1)!.value as ReturnType<ReportExports['start']>);
    return { response, stream: csv.getStream() };
  };

  it('finds a worker thread that has started before it', async () => {
    const pool = service.app.get(ExportPool);
    await pool.warmUp();
    const { threads } = (pool as unknown as { pool: { threads: Worker[] } }).pool;
    expect(threads).toHaveLength(1);
    const [{ threadId }] = threads as [Worker];
    expect(await countLines(await beginExport())).toBe(ROWS + 1);
    expect(threads.map((thread) => thread.threadId)).toEqual([threadId]);
  }, 540_000);

  it.each<[ExportFormat, number]>([
    ['csv', ROWS + 1],
    ['ndjson', ROWS],
  ])(
    'comes whole as %s',
    async (format, lines) => {
      expect(await countLines(await beginExport(format))).toBe(lines);
    },
    540_000,
  );

  it('comes whole as XLSX', async () => {
    const sheet = workbookParts(await buffer(await beginExport('xlsx')))['xl/worksheets/sheet1.xml']!;
    expect(sheet.split('<row ')).toHaveLength(ROWS + 2);
    expect(sheet).toContain(`<row r="${ROWS + 1}">`);
    expect(sheet.endsWith('</row></sheetData></worksheet>')).toBe(true);
  }, 540_000);

  it('waits for its client, with one batch more than the client has asked for', async () => {
    const writeBatch = jest.spyOn(service.app.get(ExportPool), 'writeBatch');
    const { response, stream } = await observeExport();
    // The service answers other requests meanwhile, and another export on the same worker thread ends.
    expect(await countLines(await beginExport())).toBe(ROWS + 1);
    const lastWritten = writeBatch.mock.calls.length;
    await manager.get('/health/ready').expect(200);
    expect(writeBatch).toHaveBeenCalledTimes(lastWritten);
    response.destroy();
    await once(stream, 'close');
  }, 540_000);

  it('frees everything when its client leaves midway', async () => {
    const writeBatch = jest.spyOn(service.app.get(ExportPool), 'writeBatch');
    const { response, stream } = await observeExport();
    response.destroy();
    await once(stream, 'close');
    expect(writeBatch.mock.calls.length).toBeLessThan(ROWS / 1000);
    await manager.get('/health/ready').expect(200);
  });

  it('is cut off when its client takes none of it for too long', async () => {
    jest.replaceProperty(service.app.get(Config), 'EXPORT_STALL_SECONDS', 1);
    const { response, stream } = await observeExport();
    await once(stream, 'close');
    response.resume();
    await expect(once(response, 'end')).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  it('is one of so many that an account has at once', async () => {
    const running = [await observeExport(), await observeExport()];
    const { body, headers } = await manager.get(REPORT, { ...FILTER, format: 'csv' }).expect(429);
    expect(body).toMatchObject({ code: 'too_many_exports' });
    expect(headers['retry-after']).toMatch(/^[1-9][0-9]*$/);
    const [refused] = await manager.report({ activity: 'report.exported', outcome: 'failure', limit: 1 });
    expect(refused).toMatchObject({ outcome: 'failure' });
    // A page is no export.
    await manager.report({ limit: 1 });
    running[0]!.response.destroy();
    await once(running[0]!.stream, 'close');
    expect(await countLines(await beginExport())).toBe(ROWS + 1);
    running[1]!.response.destroy();
    await once(running[1]!.stream, 'close');
  }, 540_000);

  const takeRecordsAway = () => service.writeSource.query('ALTER TABLE activities RENAME TO activities_away');
  const putRecordsBack = () => service.writeSource.query('ALTER TABLE activities_away RENAME TO activities');

  /**
   * Lets an export fail at its third batch, as soon as the client has begun to receive it.
   * @param begin its argument returns the number of bytes of the first two batches
   * @param fail runs before the third batch is read, if no worker has read it ahead
   */
  const failMidway = async <Client>(
    begin: (countBytes: () => Promise<number>) => Promise<Client>,
    fail: () => Promise<unknown>,
    check: (client: Client) => Promise<void>,
  ) => {
    const pool = service.app.get(ExportPool);
    const writeBatch = pool.writeBatch.bind(pool);
    let letFail: (() => void) | undefined;
    const mayFail = new Promise<void>((resolve) => (letFail = resolve));
    const spy = jest.spyOn(pool, 'writeBatch').mockImplementation(async (...batch) => {
      if (spy.mock.calls.length === 3) {
        await mayFail;
        await fail();
      }
      return writeBatch(...batch);
    });
    const client = await begin(async () => {
      const batches = spy.mock.results.slice(0, 2).map(({ value }) => value as ReturnType<ExportPool['writeBatch']>);
      return (await Promise.all(batches)).reduce((sum, { bytes }) => sum + bytes.length, 0);
    });
    letFail?.();
    await check(client);
  };

  it.each(EXPORT_FORMATS)(
    'breaks the connection when its database fails midway, instead of ending as if complete: %s',
    async (format) => {
      const check = async (response: IncomingMessage) => {
        response.resume();
        await expect(once(response, 'end')).rejects.toMatchObject({ code: 'ECONNRESET' });
        expect(response.complete).toBe(false);
      };
      await failMidway(() => beginExport(format), takeRecordsAway, check).finally(putRecordsBack);
    },
  );

  it('resets the connection then, because HTTP/1.0 takes a closed one for the end of the response', async () => {
    const begin = async (countBytes: () => Promise<number>) => {
      const socket = connect(Number(new URL(service.url).port), '127.0.0.1');
      const target = `${exportPath('csv')}?activity=page.accessed`;
      socket.write(`GET ${target} HTTP/1.0\r\nauthorization: Bearer ${manager.token!}\r\n\r\n`);
      const [head] = (await once(socket, 'data')) as [Buffer];
      // Node.js takes a reset for an end too, if it has bytes to read.
      const expected = head.indexOf('\r\n\r\n') + 4 + (await countBytes());
      while (socket.bytesRead < expected) await once(socket, 'data');
      return socket;
    };
    const fail = () => Promise.reject(new Error('the worker has failed'));
    await failMidway(begin, fail, async (socket) => {
      await expect(once(socket, 'end')).rejects.toMatchObject({ code: 'ECONNRESET' });
    });
  });

  it('breaks the connection when the thread that writes a batch of it dies; the next export comes whole', async () => {
    const pool = service.app.get(ExportPool);
    const response = await beginExport();
    const writeBatch = pool.writeBatch.bind(pool);
    jest.spyOn(pool, 'writeBatch').mockImplementationOnce((request, position, readAhead) => {
      const batch = writeBatch(request, position, readAhead);
      const { threads } = (pool as unknown as { pool: { threads: Worker[] } }).pool;
      for (const thread of threads) void thread.terminate();
      return batch;
    });
    response.resume();
    await expect(once(response, 'end')).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(response.complete).toBe(false);
    expect(await countLines(await beginExport())).toBe(ROWS + 1);
  }, 540_000);
});

// SQLite has no server that could fall silent.
if (onServer) {
  describe('an export whose database falls silent', () => {
    const connection = useProxiedService((proxyUrl) => ({
      DATABASE_READ_URL: proxyUrl,
      EXPORT_READ_SECONDS: '1',
      EXPORT_WORKERS: '1',
      EXPORTS_PER_ACCOUNT: '1',
    }));

    beforeAll(async () => {
      await fillWith(connection.service, connection.manager, ROWS, { comment: COMMENT });
    }, 360_000);
    afterEach(() => {
      connection.proxy.speakAgain();
    });

    const beginExport = () => openExport(connection.proxied.url, connection.manager);

    it('breaks its connection midway, and frees its place and its worker thread', async () => {
      const response = await beginExport();
      connection.proxy.fallSilent();
      response.resume();
      await expect(once(response, 'end')).rejects.toMatchObject({ code: 'ECONNRESET' });
      connection.proxy.speakAgain();
      expect(await countLines(await beginExport())).toBe(ROWS + 1);
    }, 540_000);

    it('is refused before it begins, as is a summary; the next ones succeed', async () => {
      const summary = { ...FILTER, groupBy: 'day' };
      for (const [path, query] of [
        [exportPath('csv'), FILTER],
        [SUMMARY, summary],
      ] as const) {
        connection.proxy.fallSilent();
        const { body } = await connection.manager.get(path, query).expect(503);
        expect(body.code).toBe('database_unavailable');
        connection.proxy.speakAgain();
        await connection.manager.get(SUMMARY, summary).expect(200);
      }
    }, 60_000);
  });
}
