import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';

const DIST = resolve('dist');

/** The exit of a process, and its output. */
export interface Exit {
  /** The exit code; null if a signal killed the process. */
  readonly code: number | null;
  /** Lines of the standard output. */
  readonly lines: readonly string[];
  readonly stderr: string;
}

/** A program of the latest build, in a separate process. */
export class BuiltProcess {
  private readonly lines: string[] = [];
  private readonly waiting = new Set<() => void>();
  private stderr = '';
  private hasEnded = false;
  readonly exit: Promise<Exit>;

  private constructor(readonly child: ChildProcess) {
    createInterface(child.stdout!).on('line', (line) => {
      this.lines.push(line);
      for (const look of this.waiting) look();
    });
    child.stderr!.on('data', (chunk) => (this.stderr += String(chunk)));
    // Emitted when the process has exited and all of its output was read.
    this.exit = once(child, 'close').then(([code]: unknown[]) => {
      this.hasEnded = true;
      for (const look of this.waiting) look();
      return { code: code as number | null, lines: this.lines, stderr: this.stderr };
    });
  }

  /** @param script `main.js`, or `cli.js` with its arguments */
  static start(script: readonly string[], settings: Record<string, string>): BuiltProcess {
    const [file, ...rest] = [resolve(DIST, script[0]!), ...script.slice(1)];
    if (!existsSync(file)) throw new Error('Build the service first: npm run build');
    const env = { ...process.env, PORT: '0', LOG_LEVEL: 'info', ...settings };
    return new BuiltProcess(spawn(process.execPath, [file, ...rest], { env, stdio: ['ignore', 'pipe', 'pipe'] }));
  }

  /** Waits for a line of the standard output that matches, and returns the match. */
  line(expression: RegExp): Promise<RegExpExecArray> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const found = this.lines.map((line) => expression.exec(line)).find((match) => match !== null);
        if (found) resolve(found);
        else if (this.hasEnded) reject(new Error(`The process ended before it printed ${expression}: ${this.stderr}`));
        else return;
        this.waiting.delete(look);
      };
      this.waiting.add(look);
      look();
    });
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Ends it at once, in the middle of whatever it does. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.exit;
  }
}

/** The server in a separate process, ready to handle requests. */
export class ServiceProcess {
  private constructor(
    readonly process: BuiltProcess,
    readonly url: string,
  ) {}

  static async start(settings: Record<string, string>): Promise<ServiceProcess> {
    const process = BuiltProcess.start(['main.js'], settings);
    const [, url] = await process.line(/Listening at (http:[^"]+)/);
    return new ServiceProcess(process, url!);
  }

  /** Ends it at once, in the middle of whatever it does. */
  kill(): Promise<void> {
    return this.process.kill();
  }
}
