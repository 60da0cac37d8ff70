import { createPool } from 'mysql2/promise';
import { Config } from '../../../src/config/config';
import { locate, openSqlite, serverOptions } from '../database/bench-database';
import { COPY, createCopy } from '../database/copy-table';
import { COLUMNS, type ActivityRow } from '../rows/activity-rows';

const SELECT = 'SELECT id, name, email FROM users WHERE id = ?';
const INSERT = `INSERT INTO ${COPY} (${COLUMNS.join(', ')}) VALUES (${COLUMNS.map(() => '?').join(', ')})`;

/** The prepared statements of the bare routes, on the drivers of the service and with its number of connections. */
export class BareStatements {
  private constructor(
    private readonly select: (id: string) => Promise<object>,
    private readonly insert: (row: ActivityRow) => Promise<unknown>,
    private readonly userId: string,
  ) {}

  selectUser(): Promise<object> {
    return this.select(this.userId);
  }

  insertActivity(row: ActivityRow): Promise<unknown> {
    return this.insert(row);
  }

  static async prepare(url: string): Promise<BareStatements> {
    const userId = await createCopy(url);
    const location = locate(url);
    if (location.kind === 'sqlite') {
      const connection = openSqlite(location.file);
      const select = connection.prepare<[string], object>(SELECT);
      const insert = connection.prepare(INSERT);
      return new BareStatements(
        (id) => Promise.resolve(select.get(id)!),
        (row) => Promise.resolve(insert.run(row)),
        userId,
      );
    }
    const pool = createPool({ ...serverOptions(location), connectionLimit: new Config().DATABASE_POOL_SIZE });
    return new BareStatements(
      async (id) => (await pool.execute<never[]>(SELECT, [id]))[0][0]!,
      (row) => pool.execute(INSERT, row),
      userId,
    );
  }
}
