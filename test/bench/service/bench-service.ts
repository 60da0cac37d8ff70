import type { ChildProcess } from 'node:child_process';
import { mkdirSync, openSync, readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { endProcess, startProcess } from '../../faults/child-processes';
import { Client } from './client';

const MAIN = resolve('dist/main.js');
const LOG = resolve('var/bench/service.log');
/** Milliseconds between two attempts to reach a process that starts. */
const POLL = 5;
/** Milliseconds after which a start has failed. */
const LONGEST_START = 60_000;

/**
 * Returns the settings of the service in all measurements: those of the Docker image for the memory of the C library,
 * and what keeps other work away. Everything else keeps its default.
 */
export function serviceSettings(databaseUrl: string): Record<string, string> {
  return {
    DATABASE_URL: databaseUrl,
    LOG_LEVEL: 'warn',
    SCHEDULE_JOBS: 'false',
    SUMMARY_TIMEOUT_SECONDS: '600',
    MALLOC_ARENA_MAX: '2',
    MALLOC_MMAP_THRESHOLD_: '65536',
    MAIL_OUTBOX_DIR: resolve('var/bench/outbox'),
  };
}

/** The service, or another server of the benchmark, as a child process. */
export class BenchService {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
    /** Milliseconds from starting the process until it was ready. */
    readonly startedIn: number,
  ) {}

  /** Starts a server, and waits until it is ready. Its output is appended to var/bench/service.log. */
  static async start(databaseUrl: string, program = MAIN, path = '/health/ready'): Promise<BenchService> {
    mkdirSync(resolve('var/bench'), { recursive: true });
    const log = openSync(LOG, 'a');
    const port = await findFreePort();
    const url = `http://127.0.0.1:${port}`;
    const start = performance.now();
    const child = startProcess(process.execPath, [program], {
      env: { ...process.env, ...serviceSettings(databaseUrl), PORT: String(port), HOST: '127.0.0.1' },
      stdio: ['ignore', log, log],
    });
    while (!(await isReady(url + path))) {
      if (child.exitCode !== null || performance.now() - start > LONGEST_START)
        throw new Error(`${program} did not start; see ${LOG}.`);
      await setTimeout(POLL);
    }
    return new BenchService(child, url, performance.now() - start);
  }

  /** Logs a user in. */
  async login({ email, password }: { readonly email: string; readonly password: string }): Promise<Client> {
    const { token } = await new Client(this.url).post<{ token: string }>('/v1/auth/login', { email, password });
    return new Client(this.url, token);
  }

  /** Returns the memory of the process, in MiB. */
  get residentMemory(): number {
    const status = readFileSync(`/proc/${this.child.pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+) kB/.exec(status)![1]) / 1024;
  }

  stop(): Promise<void> {
    return endProcess(this.child, 'SIGTERM');
  }
}

async function isReady(url: string): Promise<boolean> {
  try {
    const response = await fetch(url);
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}
