import { createConnection as createStreamingConnection } from 'mysql2';
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { locate, openSqlite, serverOptions } from '../database/bench-database';
import { asProgram } from '../load/as-program';

/** An export that stands in for a command line client that is not installed. */
export interface DriverExport {
  readonly databaseUrl: string;
  readonly sql: string;
}

type Value = string | number | null;

/** Characters that are written at once. */
const CHUNK = 64 * 1024;

asProgram(async ({ databaseUrl, sql }: DriverExport): Promise<{ seconds: number }> => {
  const start = performance.now();
  const output = createWriteStream('/dev/null');
  let chunk = '';
  for await (const row of readRows(databaseUrl, sql)) {
    chunk += `${row.map(quote).join(',')}\r\n`;
    if (chunk.length < CHUNK) continue;
    if (!output.write(chunk)) await once(output, 'drain');
    chunk = '';
  }
  output.end(chunk);
  await once(output, 'finish');
  return { seconds: (performance.now() - start) / 1000 };
});

function readRows(url: string, sql: string): Iterable<Value[]> | AsyncIterable<Value[]> {
  const location = locate(url);
  if (location.kind === 'sqlite') return openSqlite(location.file).prepare(sql).raw().iterate() as Iterable<Value[]>;
  const connection = createStreamingConnection(serverOptions(location));
  return connection.query({ sql, rowsAsArray: true }).stream() as AsyncIterable<Value[]>;
}

function quote(value: Value): string {
  const text = String(value ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
