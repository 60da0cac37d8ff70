import { readFileSync } from 'node:fs';
import { join } from 'node:path';

describe('package-lock.json', () => {
  /** Without this, `npm ci` compiles the package, and fails without a compiler; `npm run dependencies` adds it. */
  it('says that the SQLite driver for Node.js 22 and newer is not compiled', () => {
    const { packages } = JSON.parse(readFileSync(join(__dirname, '../../package-lock.json'), 'utf8'));
    expect(packages['node_modules/better-sqlite3-13']).toMatchObject({ name: 'better-sqlite3', gypfile: false });
  });
});
