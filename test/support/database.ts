import { randomBytes } from 'node:crypto';
import { existsSync, statfsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';

/** A database that only one test file uses. */
export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** The server that `TEST_DATABASE_URL` names; undefined for SQLite. */
const SERVER = process.env.TEST_DATABASE_URL === '' ? undefined : process.env.TEST_DATABASE_URL;

/** Whether the tests run on MySQL or MariaDB. */
export const onServer = SERVER !== undefined;

/** Creates an empty database, which is dropped after the tests. On a server, its name must contain `test`. */
export async function freshDatabase(): Promise<TestDatabase> {
  return SERVER === undefined ? freshFile() : freshSchema(new URL(SERVER));
}

const MEMORY_FOLDER = '/dev/shm';
/** Upper bound for the size of the files of all workers together, in bytes. */
const ENOUGH_MEMORY = 4 * 1024 ** 3;

/**
 * The folder of the database files. It is in memory if there is enough, because a commit to a disk takes milliseconds.
 * The files survive a killed process, but not a power failure.
 */
function fileFolder(): string {
  if (!existsSync(MEMORY_FOLDER)) return tmpdir();
  const { bavail, bsize } = statfsSync(MEMORY_FOLDER);
  return bavail * bsize < ENOUGH_MEMORY ? tmpdir() : MEMORY_FOLDER;
}

async function freshFile(): Promise<TestDatabase> {
  const folder = await mkdtemp(join(fileFolder(), 'activity-test-'));
  return { url: `sqlite:${join(folder, 'test.db')}`, drop: () => rm(folder, { recursive: true, force: true }) };
}

async function freshSchema(server: URL): Promise<TestDatabase> {
  const base = server.pathname.slice(1);
  if (!base.includes('test')) throw new Error(`TEST_DATABASE_URL names ${base}, which does not say test: not touched.`);
  const name = `${base}_${randomBytes(6).toString('hex')}`;
  await onServerRun(server, `CREATE DATABASE ${name} CHARACTER SET utf8mb4`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.toString(), drop: () => onServerRun(server, `DROP DATABASE IF EXISTS ${name}`) };
}

async function onServerRun(server: URL, sql: string): Promise<void> {
  const connection = await createConnection({
    host: server.hostname,
    port: Number(server.port || 3306),
    user: decodeURIComponent(server.username),
    password: decodeURIComponent(server.password),
  });
  try {
    await connection.query(sql);
  } finally {
    await connection.end();
  }
}
