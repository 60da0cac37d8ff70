import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../../support/command';

/** Makes a process find no package whose name begins with better-sqlite3, as after an install that could not build it. */
const WITHOUT_DRIVER = `
const Module = require('node:module');
const load = Module._load;
Module._load = function (name, ...rest) {
  if (name.startsWith('better-sqlite3')) throw Object.assign(new Error('Cannot find module ' + name), { code: 'MODULE_NOT_FOUND' });
  return load.call(this, name, ...rest);
};`;

describe('a command of the service without a driver for SQLite', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'activity-test-'));
    await writeFile(join(folder, 'without-driver.cjs'), WITHOUT_DRIVER);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('ends with one line that says what to do', async () => {
    const migrating = runCommand('migrate', {
      DATABASE_URL: `sqlite:${join(folder, 'test.db')}`,
      NODE_OPTIONS: `--require "${join(folder, 'without-driver.cjs')}"`,
    });
    await expect(migrating).rejects.toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^SQLite can't be used: the package better-sqlite3.+ npm ci again\.\n$/),
    });
  });
});
