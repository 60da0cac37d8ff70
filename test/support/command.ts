import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { promisify } from 'node:util';

const CLI = resolve('dist/cli.js');

/** Runs a command of the latest build in a separate process, and returns what it printed. */
export async function runCommand(
  command: string,
  settings: Record<string, string>,
  options: readonly string[] = [],
): Promise<string> {
  if (!existsSync(CLI)) throw new Error('Build the service first: npm run build');
  const { stdout } = await promisify(execFile)(process.execPath, [CLI, command, ...options], {
    env: { ...process.env, ...settings },
  });
  return stdout;
}
