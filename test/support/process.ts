import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';

/** Both Jest and npm's scripts run in the project's folder. */
const MAIN = resolve('dist/main.js');

/** The service as a process of its own, so that it can be killed. It runs what was built last. */
export class ServiceProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  static async start(settings: Record<string, string>): Promise<ServiceProcess> {
    if (!existsSync(MAIN)) throw new Error('Build the service first: npm run build');
    const environment = { ...process.env, PORT: '0', LOG_LEVEL: 'info', ...settings };
    const child = spawn(process.execPath, [MAIN], { env: environment, stdio: ['ignore', 'pipe', 'inherit'] });
    for await (const line of createInterface(child.stdout)) {
      const url = /Listening at (http:[^"]+)/.exec(line)?.[1];
      if (url === undefined) continue;
      child.stdout.resume();
      return new ServiceProcess(child, url);
    }
    throw new Error('The service ended before it listened.');
  }

  /** Ends it at once, in the middle of whatever it does. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await once(this.child, 'exit');
  }
}
