import { locate, open } from './bench-database';

/** An empty copy of the table of activities, with its indexes, into which the baselines write. */
export const COPY = 'bench_activities';

/** Creates the copy anew. Returns the id of a user, whom a baseline reads. */
export async function createCopy(url: string): Promise<string> {
  const database = await open(url);
  await database.query(`DROP TABLE IF EXISTS ${COPY}`);
  if (locate(url).kind === 'sqlite') {
    const objects = await database.query<{ sql: string }>(
      `SELECT sql FROM sqlite_master WHERE tbl_name = 'activities' AND sql IS NOT NULL ORDER BY type DESC`,
    );
    for (const { sql } of objects) await database.query(sql.replaceAll('activities', COPY));
  } else {
    await database.query(`CREATE TABLE ${COPY} LIKE activities`);
  }
  const [user] = await database.query<{ id: string }>('SELECT id FROM users LIMIT 1');
  await database.close();
  return user!.id;
}
