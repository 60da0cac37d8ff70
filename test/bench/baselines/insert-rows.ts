import { createConnection } from 'mysql2/promise';
import { locate, openSqlite, serverOptions } from '../database/bench-database';
import { COPY, createCopy } from '../database/copy-table';
import { asProgram } from '../load/as-program';
import { COLUMNS, generateRows, type ActivityRow } from '../rows/activity-rows';
import { buildUsers } from '../rows/people';

/** Rows to insert into a copy of the table of activities, with nothing but a driver. */
export interface BareInserts {
  readonly databaseUrl: string;
  readonly rows: number;
  readonly rowsPerStatement: number;
  /** Must be 1 on SQLite. */
  readonly connections: number;
}

export interface BareInsertRate {
  readonly rowsPerSecond: number;
}

asProgram(async ({ databaseUrl, rows, rowsPerStatement, connections }: BareInserts): Promise<BareInsertRate> => {
  await createCopy(databaseUrl);
  const all = [...generateRows({ accountId: 'BARE', users: buildUsers(0) }, rows)];
  const statements = Array.from({ length: rows / rowsPerStatement }, (_, place) =>
    all.slice(place * rowsPerStatement, (place + 1) * rowsPerStatement),
  );
  const inserts = await openConnections(databaseUrl, rowsPerStatement, connections);
  const start = performance.now();
  await Promise.all(
    inserts.map(async (insert) => {
      for (let batch = statements.pop(); batch; batch = statements.pop()) await insert(batch.flat());
    }),
  );
  return { rowsPerSecond: rows / ((performance.now() - start) / 1000) };
});

/** Returns a function for each connection that inserts the values of one statement, and commits. */
async function openConnections(
  url: string,
  rowsPerStatement: number,
  connections: number,
): Promise<((values: ActivityRow) => Promise<unknown>)[]> {
  const places = `(${COLUMNS.map(() => '?').join(', ')})`;
  const sql = `INSERT INTO ${COPY} (${COLUMNS.join(', ')}) VALUES ${Array(rowsPerStatement).fill(places).join(', ')}`;
  const location = locate(url);
  if (location.kind === 'sqlite') {
    const statement = openSqlite(location.file).prepare(sql);
    return [(values) => Promise.resolve(statement.run(values))];
  }
  return Promise.all(
    Array.from({ length: connections }, async () => {
      const connection = await createConnection(serverOptions(location));
      return (values: ActivityRow) => connection.execute(sql, values);
    }),
  );
}
