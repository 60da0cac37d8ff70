import { get } from 'node:http';
import { asProgram } from './as-program';
import { CsvLines } from './csv-lines';

/** A download that is repeated, by several clients at once. */
export interface Download {
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly clients: number;
  /** Seconds after which clients leave and no download begins; without it, each client downloads once. */
  readonly seconds?: number;
  /** Whether to count the rows, which slows the client down. */
  readonly countRows?: boolean;
}

export interface DownloadResult {
  readonly bytes: number;
  /** Whether the service compressed the body. */
  readonly isCompressed: boolean;
  /** Rows after the headings; 0 if they are not counted. */
  readonly rows: number;
  /** Milliseconds from the first request to the first byte of its body. */
  readonly firstByte: number;
  /** Seconds that all downloads took. */
  readonly seconds: number;
}

asProgram(async ({ clients, seconds, ...download }: Download): Promise<DownloadResult> => {
  const start = performance.now();
  const leave = new AbortController();
  const disconnect = () => {
    leave.abort();
  };
  if (seconds !== undefined) setTimeout(disconnect, seconds * 1000);
  process.once('SIGTERM', disconnect);
  const totals = { bytes: 0, rows: 0, firstByte: 0, isCompressed: false };
  const runClient = async () => {
    do {
      await downloadOnce(download, totals, leave.signal);
    } while (seconds !== undefined && !leave.signal.aborted);
  };
  await Promise.all(Array.from({ length: clients }, runClient));
  return { ...totals, seconds: (performance.now() - start) / 1000 };
});

function downloadOnce(
  { url, headers, countRows = false }: Pick<Download, 'url' | 'headers' | 'countRows'>,
  totals: { bytes: number; rows: number; firstByte: number; isCompressed: boolean },
  signal: AbortSignal,
): Promise<void> {
  return new Promise((done, fail) => {
    const start = performance.now();
    const failUnlessLeft = (error: Error) => {
      if (signal.aborted) done();
      else fail(error);
    };
    const request = get(url, { headers, agent: false, signal }, (response) => {
      if (response.statusCode !== 200) fail(new Error(`${url} was answered with ${response.statusCode}.`));
      totals.isCompressed = response.headers['content-encoding'] === 'gzip';
      const lines = countRows ? new CsvLines() : undefined;
      response.on('data', (chunk: Buffer) => {
        totals.firstByte ||= performance.now() - start;
        totals.bytes += chunk.length;
        lines?.add(chunk);
      });
      response.on('error', failUnlessLeft);
      response.on('end', () => {
        totals.rows += lines ? lines.count - 1 : 0;
        done();
      });
    });
    request.on('error', failUnlessLeft);
  });
}
