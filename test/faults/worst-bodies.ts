import 'reflect-metadata';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { AccountSetup } from '../../src/access/setup/account-setup';
import { createApp } from '../../src/app';
import { runMigrations } from '../../src/commands/migrate';
import { loadConfig } from '../../src/config/config';
import { freshDatabase } from '../support/database';
import { ServiceProcess } from '../support/process';
import type { SenderResult, SenderTask } from './worst-bodies.sender';

export const summary = 'sends the most expensive bodies without permission, and measures /health/live meanwhile';

const CONNECTIONS = 8;
const SECONDS = 10;
const MAX_P99_MILLISECONDS = 250;
const MAX_GROWTH_MB = 50;
/** Seconds within which the service must release memory. V8 does so about 20 seconds after the load has ended. */
const MAX_SETTLING_SECONDS = 60;
const SETTLING_STEP_SECONDS = 5;

/** Settings of the C library in docker/Dockerfile. */
const IMAGE_SETTINGS = { MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '65536' };

const MANAGER = { email: 'manager@bodies.example', name: 'Maria Manager', password: 'a password for worst bodies' };
const READER = { email: 'reader@bodies.example', name: 'Rita Reader', password: 'a first password of hers' };

/** Checks that clients who may not send records can neither stall the service nor make it hold on to memory. */
export async function run(): Promise<boolean> {
  const database = await freshDatabase();
  const settings = { DATABASE_URL: database.url, LOG_LEVEL: 'silent', SCHEDULE_JOBS: 'false' };
  try {
    await makeAccount(settings);
    const service = await ServiceProcess.start({ ...settings, ...IMAGE_SETTINGS, LOG_LEVEL: 'info' });
    try {
      return await attack(service.url);
    } finally {
      await service.kill();
    }
  } finally {
    await database.drop();
  }
}

async function attack(url: string): Promise<boolean> {
  const token = await createReader(url);
  await measureLatencies(url, setTimeout(2000));
  const idle = await readResidentMegabytes(url);
  const task: SenderTask = { url, token, connections: CONNECTIONS, seconds: SECONDS };
  const worker = new Worker(join(__dirname, 'worst-bodies.sender.js'), { workerData: task });
  const sent = once(worker, 'message') as Promise<[SenderResult]>;
  const times = await measureLatencies(url, sent);
  const [result] = await sent;
  const after = await readResidentMegabytes(url);
  const [finalMegabytes, seconds] = await waitForMemory(url, idle + MAX_GROWTH_MB);
  const p99 = percentile(times, 0.99);
  console.log(`answers over ${CONNECTIONS} connections in ${SECONDS} s: ${JSON.stringify(result)}`);
  console.log(
    `/health/live, ${times.length} times: p50 ${percentile(times, 0.5)} ms, p99 ${p99} ms (at most ${MAX_P99_MILLISECONDS}), longest ${percentile(times, 1)} ms`,
  );
  console.log(
    `RSS: idle ${idle} MB, at the end of the attack ${after} MB, ${seconds} s later ${finalMegabytes} MB (at most ${idle + MAX_GROWTH_MB})`,
  );
  return p99 < MAX_P99_MILLISECONDS && finalMegabytes <= idle + MAX_GROWTH_MB;
}

/** Creates an account with a manager. */
async function makeAccount(settings: Record<string, string>): Promise<void> {
  const config = loadConfig(settings);
  await runMigrations(config);
  const app = await createApp(config);
  await app.init();
  await app.get(AccountSetup).create({ name: 'Worst Bodies', timeZone: 'Europe/Bucharest', manager: MANAGER });
  await app.close();
}

/** Creates a user who may only read the report, and returns their token. */
async function createReader(url: string): Promise<string> {
  const post = async (path: string, body: object, token?: string) => {
    const headers = {
      'content-type': 'application/json',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    };
    const answer = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
    return (answer.status === 204 ? {} : await answer.json()) as { readonly token: string; readonly id: string };
  };
  const { token } = await post('/v1/auth/login', MANAGER_LOGIN);
  const role = await post('/v1/roles', { name: 'Readers', privileges: ['users_activity'] }, token);
  await post('/v1/users', { ...READER, roleIds: [role.id] }, token);
  const reader = await post('/v1/auth/login', { email: READER.email, password: READER.password });
  const newPassword = 'a second password of hers';
  await post('/v1/auth/password', { currentPassword: READER.password, newPassword }, reader.token);
  return reader.token;
}

const MANAGER_LOGIN = { email: MANAGER.email, password: MANAGER.password };

/** Requests /health/live repeatedly until a promise settles. Returns the response times in milliseconds, sorted. */
async function measureLatencies(url: string, end: Promise<unknown>): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const times: number[] = [];
  let isOver = false as boolean;
  const ended = end.finally(() => (isOver = true));
  while (!isOver) {
    const start = performance.now();
    await new Promise<void>((resolve, reject) => {
      const outgoing = request(`${url}/health/live`, { agent }, (answer) => answer.resume().on('end', resolve));
      outgoing.on('error', reject).end();
    });
    times.push(Math.round(performance.now() - start));
    await setTimeout(5);
  }
  await ended;
  agent.destroy();
  return times.sort((a, b) => a - b);
}

function percentile(sorted: readonly number[], part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]!;
}

/**
 * Waits until the service uses at most this much memory. Returns the memory that it then uses, and the seconds waited.
 * Requests nothing but the metrics, because any load, even of /health/live, fills the heap until V8's next major
 * collection.
 */
async function waitForMemory(url: string, megabytes: number): Promise<[megabytes: number, seconds: number]> {
  for (let seconds = 0; ; seconds += SETTLING_STEP_SECONDS) {
    const now = await readResidentMegabytes(url);
    if (now <= megabytes || seconds >= MAX_SETTLING_SECONDS) return [now, seconds];
    await setTimeout(SETTLING_STEP_SECONDS * 1000);
  }
}

async function readResidentMegabytes(url: string): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  const [, bytes] = /^process_resident_memory_bytes (\S+)/m.exec(metrics)!;
  return Math.round(Number(bytes) / 1024 / 1024);
}
