// Checks the demo on the Node.js version that runs this file: starts it, uses it, kills it, starts it again on the same
// database, leaves it idle, and stops it. Fails if it does not respond in time, or does not exit with code 0 after SIGTERM.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';

/** Long enough for several of the garbage collections that V8 runs when idle. */
const IDLE_SECONDS = 45;
/** Limits of the waiting, far above what slow machines need: a demo that hangs is a failure. */
const START_SECONDS = 180;
const RESPONSE_SECONDS = 60;
const EXIT_SECONDS = 60;
const EMAIL = 'manager@demo.example';
const ROWS = 50;

/** A demo process. */
class Demo {
  static started = [];

  constructor(folder) {
    const env = { ...process.env, PORT: '0', DATABASE_URL: `sqlite:${join(folder, 'demo.db')}` };
    this.process = spawn(process.execPath, ['dist/cli.js', 'demo'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    this.ended = once(this.process, 'exit');
    Demo.started.push(this);
  }

  /** Waits until the demo has printed its URL and password. */
  async readAddress() {
    for await (const line of createInterface(this.process.stdout)) {
      this.url ??= /Swagger UI +(http\S+)\/docs/.exec(line)?.[1];
      this.password ??= /Password +(\S+)/.exec(line)?.[1];
      if (this.url && this.password) break;
    }
    if (!this.password) await this.failAtEnd();
    this.process.stdout.resume();
  }

  /** Checks that it is ready, logs in, and reads a page of the report. */
  async use() {
    await this.fetch('/health/ready');
    const body = JSON.stringify({ email: EMAIL, password: this.password });
    const { token } = await this.fetch('/v1/auth/login', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    const headers = { authorization: `Bearer ${token}` };
    const { data } = await this.fetch(`/v1/reports/users-activity?limit=${ROWS}`, { headers });
    if (data.length !== ROWS) throw new Error(`The page of the report has ${data.length} rows, not ${ROWS}.`);
  }

  async fetch(path, init) {
    const signal = AbortSignal.timeout(RESPONSE_SECONDS * 1000);
    const response = await fetch(this.url + path, { ...init, signal });
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return response.json();
  }

  /** Sends a signal, and returns the exit code; null if the signal itself ended the process. */
  async end(signal) {
    this.process.kill(signal);
    const [code] = await within(EXIT_SECONDS, this.ended, `The demo has not ended after ${signal}`);
    return code;
  }

  /** Waits for a promise. Rejects if the demo exits first. */
  whileRunning(work) {
    return Promise.race([work, this.failAtEnd()]);
  }

  async failAtEnd() {
    const [code, signal] = await this.ended;
    throw new Error(`The demo ended by itself: exit code ${code}, signal ${signal}.`);
  }

  static killAll() {
    for (const demo of Demo.started) demo.process.kill('SIGKILL');
  }

  static async start(folder) {
    const demo = new Demo(folder);
    const address = demo.whileRunning(demo.readAddress());
    await within(START_SECONDS, address, 'The demo has not printed its URL and password');
    await demo.whileRunning(demo.use());
    return demo;
  }
}

/** Waits for a promise. Rejects if that takes too long. */
function within(seconds, work, failure) {
  const timer = setTimeout(seconds * 1000, undefined, { ref: false }).then(() => {
    throw new Error(`${failure}, within ${seconds} seconds.`);
  });
  return Promise.race([work, timer]);
}

process.on('exit', Demo.killAll);
process.on('SIGTERM', () => process.exit(143));
const folder = await mkdtemp(join(tmpdir(), 'activity-demo-'));
try {
  const killed = await Demo.start(folder);
  await killed.end('SIGKILL');
  const demo = await Demo.start(folder);
  await demo.whileRunning(setTimeout(IDLE_SECONDS * 1000));
  await demo.whileRunning(demo.use());
  const code = await demo.end('SIGTERM');
  if (code !== 0) throw new Error(`After SIGTERM the demo ended with exit code ${code}.`);
  console.log(`The demo ran on Node.js ${process.version}, idle for ${IDLE_SECONDS} s, and ended with exit code 0.`);
  process.exitCode = 0;
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  // A demo that hangs would keep this process running too.
  Demo.killAll();
  await rm(folder, { recursive: true, force: true });
}
