// Builds dist/ unless the build of the current sources is there: a second start of the demo or of the tests then takes many
// seconds less, and does not delete the code of a demo that is still running.
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** Written after a complete build, with the time at which that build began. Nest deletes it with the rest of dist/. */
const STAMP = 'dist/.built';

// A folder changes too when a file in it is deleted.
const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).map((path) => join('src', path));
const inputs = ['src', ...sources, 'package.json', 'package-lock.json', 'tsconfig.json', 'nest-cli.json'];
const newest = Math.max(...inputs.map((path) => statSync(path).mtimeMs));
const built = statSync(STAMP, { throwIfNoEntry: false })?.mtimeMs ?? 0;

if (newest >= built) {
  const start = new Date();
  const nest = createRequire(import.meta.url).resolve('@nestjs/cli/bin/nest.js');
  const { status } = spawnSync(process.execPath, [nest, 'build'], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
  writeFileSync(STAMP, '');
  utimesSync(STAMP, start, start);
}
