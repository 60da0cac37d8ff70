import type { ChildProcess } from 'node:child_process';
import { createWriteStream, existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { endProcess, startProcess } from './child-processes';
import { waitUntil } from './network';

/** The service as it was built last, and as a container would run it. */
const MAIN = resolve('dist/main.js');
const CLOCK_SHIFT = resolve(__dirname, 'clock-shift.js');

/** A line of the service's log. */
interface LogLine {
  readonly level: number;
  readonly msg?: string;
  readonly err?: { readonly message?: string };
}

const ERROR = 50;

/** The service as a process that is killed and started again, always at the same address. */
export class RunningService {
  /** Lines of the log from level error on, by their message. */
  readonly errors = new Map<string, number>();
  /** Transactions that lost against another one and were run again. */
  retries = 0;
  /** Settings that differ from now on, at each start. */
  overrides: Readonly<Record<string, string>> = {};
  private child: ChildProcess | undefined;

  constructor(
    private readonly settings: Readonly<Record<string, string>>,
    readonly port: number,
    /** Where its log is kept. */
    private readonly logFile: string,
  ) {}

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Starts it and waits until it says that it can answer. */
  async start(): Promise<void> {
    if (!existsSync(MAIN)) throw new Error('Build the service first: npm run build');
    const child = startProcess(process.execPath, ['--require', CLOCK_SHIFT, MAIN], {
      env: { ...process.env, PORT: String(this.port), LOG_LEVEL: 'debug', ...this.settings, ...this.overrides },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.child = child;
    this.readLog(child);
    await waitUntil(`the service at ${this.url} is ready`, async () => {
      if (child.exitCode !== null) throw new Error(`The service ended by itself; its log is ${this.logFile}.`);
      return this.isReady();
    });
  }

  /** Ends it at once, in the middle of whatever it does. */
  async kill(): Promise<void> {
    await endProcess(this.child, 'SIGKILL');
  }

  /** Lets it finish what is under way. */
  async stop(): Promise<void> {
    await endProcess(this.child, 'SIGTERM');
  }

  /** Sets the clock of the running process back by an hour. */
  stepClockBack(): void {
    this.child?.kill('SIGWINCH');
  }

  async isReady(): Promise<boolean> {
    try {
      return (await fetch(`${this.url}/health/ready`, { signal: AbortSignal.timeout(5000) })).ok;
    } catch {
      return false;
    }
  }

  private readLog(child: ChildProcess): void {
    const file = createWriteStream(this.logFile, { flags: 'a' });
    createInterface(child.stdout!).on('line', (text) => {
      file.write(`${text}\n`);
      if (!text.startsWith('{')) return;
      const { level, msg, err } = JSON.parse(text) as LogLine;
      if (/transaction .*again/i.test(msg ?? '')) this.retries++;
      if (level < ERROR) return;
      const message = (err?.message ?? msg ?? '').split('\n')[0]!.slice(0, 100);
      this.errors.set(message, (this.errors.get(message) ?? 0) + 1);
    });
  }
}
