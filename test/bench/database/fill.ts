import { SingleBar } from 'cli-progress';
import { createConnection, type ResultSetHeader } from 'mysql2/promise';
import { Readable } from 'node:stream';
import { COLUMNS, generateRows, type ActivityRow, type RowsOwner } from '../rows/activity-rows';
import { locate, openSqlite, serverOptions } from './bench-database';

/** The rows to generate for an account. */
export interface AccountRows extends RowsOwner {
  readonly count: number;
}

/** Rows between two updates of the progress bar. */
const STEP = 20_000;
/** Characters that are sent to the server at once. */
const CHUNK = 256 * 1024;

/** Inserts the generated rows of all accounts, sorted by their primary key, and shows a progress bar. */
export async function fill(url: string, accounts: readonly AccountRows[]): Promise<void> {
  const total = accounts.reduce((sum, { count }) => sum + count, 0);
  const bar = new SingleBar({
    format: 'Generating {bar} {percentage}% | {value} of {total} rows | {eta_formatted} left',
  });
  const start = performance.now();
  bar.start(total, 0);
  const location = locate(url);
  const rows = countRows(accounts, bar);
  if (location.kind === 'sqlite') insertIntoSqlite(location.file, rows);
  else await loadIntoServer(location, rows, total);
  bar.update(total);
  bar.stop();
  console.log(`Generated ${total.toLocaleString('en')} rows in ${Math.round((performance.now() - start) / 1000)} s.`);
}

function* countRows(accounts: readonly AccountRows[], bar: SingleBar): Generator<ActivityRow> {
  let number = 0;
  for (const account of accounts) {
    for (const row of generateRows(account, account.count)) {
      if (++number % STEP === 0) bar.update(number);
      yield row;
    }
  }
}

/** Inserts the rows in one transaction. A file that is left by a crash is unusable, and the next run replaces it. */
function insertIntoSqlite(file: string, rows: Iterable<ActivityRow>): void {
  const connection = openSqlite(file);
  connection.pragma('journal_mode = OFF');
  connection.pragma('synchronous = OFF');
  connection.pragma('cache_size = -262144');
  const places = COLUMNS.map(() => '?').join(', ');
  const insert = connection.prepare(`INSERT INTO activities (${COLUMNS.join(', ')}) VALUES (${places})`);
  connection.exec('BEGIN');
  for (const row of rows) insert.run(row);
  connection.exec('COMMIT');
  connection.pragma('journal_mode = WAL');
  connection.close();
}

async function loadIntoServer(
  location: Parameters<typeof serverOptions>[0],
  rows: Iterable<ActivityRow>,
  total: number,
): Promise<void> {
  const connection = await createConnection(serverOptions(location));
  try {
    await connection.query('SET unique_checks = 0');
    const [{ affectedRows }] = await connection.query<ResultSetHeader>({
      sql: `LOAD DATA LOCAL INFILE 'generated rows' INTO TABLE activities CHARACTER SET utf8mb4
            FIELDS TERMINATED BY '\\t' ESCAPED BY '\\\\' LINES TERMINATED BY '\\n' (${COLUMNS.join(', ')})`,
      infileStreamFactory: () => Readable.from(joinLines(rows), { objectMode: false }),
    });
    if (affectedRows !== total) throw new Error(`The server loaded ${affectedRows} of ${total} rows.`);
    await connection.query('ANALYZE TABLE activities');
  } finally {
    await connection.end();
  }
}

function* joinLines(rows: Iterable<ActivityRow>): Generator<string> {
  let chunk = '';
  for (const row of rows) {
    chunk += `${row.map(toField).join('\t')}\n`;
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = '';
  }
  yield chunk;
}

const ESCAPED = /[\\\t\n]/;

function toField(value: string | number | null): string | number {
  if (value === null) return '\\N';
  return typeof value === 'string' && ESCAPED.test(value) ? value.replace(/[\\\t\n]/g, '\\$&') : value;
}
