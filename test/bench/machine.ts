import { execFileSync } from 'node:child_process';
import { cpus, release, totalmem, type } from 'node:os';
import { locate, open } from './database/bench-database';

/** What a run was measured on. */
export interface Machine {
  readonly system: string;
  readonly cpu: string;
  readonly memory: string;
  readonly node: string;
  readonly database: string;
  /** The commit of the code; undefined outside of a git repository. */
  readonly commit?: string;
}

export async function describeMachine(databaseUrl: string): Promise<Machine> {
  const cores = cpus();
  return {
    system: `${type()} ${release()}`,
    cpu: `${cores.length} × ${cores[0]!.model}`,
    memory: `${Math.round(totalmem() / 1024 ** 3)} GiB`,
    node: process.version,
    database: await describeDatabase(databaseUrl),
    ...findCommit(),
  };
}

async function describeDatabase(url: string): Promise<string> {
  const isSqlite = locate(url).kind === 'sqlite';
  const connection = await open(url);
  const sql = isSqlite
    ? 'SELECT sqlite_version() AS version'
    : 'SELECT VERSION() AS version, @@innodb_buffer_pool_size / 1048576 AS pool';
  const [found] = await connection.query<{ version: string; pool?: number }>(sql);
  await connection.close();
  const { version, pool } = found!;
  if (isSqlite) return `SQLite ${version}`;
  const product = version.includes('MariaDB') ? 'MariaDB' : 'MySQL';
  return `${product} ${version}, buffer pool of ${Math.round(Number(pool))} MB`;
}

function findCommit(): { commit?: string } {
  try {
    return { commit: execFileSync('git', ['describe', '--always', '--dirty'], { encoding: 'utf8' }).trim() };
  } catch {
    return {};
  }
}
