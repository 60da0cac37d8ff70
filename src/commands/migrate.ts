import type { Config } from '../config/config';
import { openDatabase } from './open-database';

/** Runs the pending migrations, and prints their names. */
export async function migrate(config: Config): Promise<void> {
  const names = await runMigrations(config);
  console.log(names.length > 0 ? `Ran ${names.join(', ')}.` : 'The schema is up to date.');
}

/** Runs the pending migrations, and returns their names. */
export async function runMigrations(config: Config): Promise<string[]> {
  const source = await openDatabase(config, []);
  try {
    return (await source.runMigrations()).map(({ name }) => name);
  } finally {
    await source.destroy();
  }
}
