import { sqlitePackage } from '../../src/database/sources/sqlite-driver';

describe('the package of the SQLite driver', () => {
  it.each([
    ['20.19.0', 'better-sqlite3'],
    ['21.7.3', 'better-sqlite3'],
    ['22.0.0', 'better-sqlite3-13'],
    ['24.19.0', 'better-sqlite3-13'],
    ['26.10.0', 'better-sqlite3-13'],
    ['100.0.0', 'better-sqlite3-13'],
  ])('for Node.js %s is %s', (version, name) => {
    expect(sqlitePackage(version)).toBe(name);
  });
});
