import type { ChildProcess } from 'node:child_process';
import { createWriteStream, existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { endProcess, startProcess } from './child-processes';
import { waitUntil } from './network';

/** The built entry point of the service, as a container runs it. */
const MAIN = resolve('dist/main.js');
const CLOCK_SHIFT = resolve(__dirname, 'clock-shift.js');

/** The fields of a log line that are evaluated. */
interface LogLine {
  readonly level: number;
  readonly msg?: string;
  readonly err?: { readonly message?: string };
}

const ERROR = 50;

/** The service as a child process that can be killed and restarted at the same URL. */
export class RunningService {
  /** Number of log lines of level error or higher, by message. */
  readonly errors = new Map<string, number>();
  /** Number of transactions that were retried after a conflict. */
  retries = 0;
  /** Settings that replace others from the next start on. */
  overrides: Readonly<Record<string, string>> = {};
  private child: ChildProcess | undefined;

  constructor(
    private readonly settings: Readonly<Record<string, string>>,
    readonly port: number,
    /** Path of the file that receives the log. */
    private readonly logFile: string,
  ) {}

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Starts the service, and waits until it is ready. */
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

  /** Kills the service at once, whatever it is doing. */
  async kill(): Promise<void> {
    await endProcess(this.child, 'SIGKILL');
  }

  /** Stops the service after it has finished running requests and jobs. */
  async stop(): Promise<void> {
    await endProcess(this.child, 'SIGTERM');
  }

  /** Sets the clock of the running process back by one hour. */
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
