import { Account } from '../access/accounts/account.entity';
import type { Config } from '../config/config';
import { tableNames } from '../database/dialect';
import type { Entities } from '../database/sources/data-sources';
import { DEMO_ACCOUNTS } from '../demo/accounts/demo-accounts';

import { CommandError } from './exit-message';
import { openDatabase } from './open-database';

/**
 * Throws if the database contains anything but the demo's data. Must run before the demo's first write.
 * @param entities all entities of the service
 */
export async function assertDemoDatabase(config: Config, entities: Entities): Promise<void> {
  const source = await openDatabase(config, entities);
  try {
    const tables = await tableNames(source);
    const ownTables = new Set(['migrations', ...source.entityMetadatas.map(({ tableName }) => tableName)]);
    const foreignTable = tables.find((table) => !ownTables.has(table));
    if (foreignTable !== undefined) throw new CommandError(`${REFUSAL} It contains the table ${foreignTable}.`);
    if (!tables.includes('accounts')) return;
    const accounts = await source.manager.find(Account);
    const foreignAccount = accounts.find(({ id }) => !DEMO_ACCOUNTS.some((account) => account.id === id));
    if (foreignAccount) throw new CommandError(`${REFUSAL} It contains the account ${foreignAccount.name}.`);
  } finally {
    await source.destroy();
  }
}

const REFUSAL = 'The demo does not use the database of DATABASE_URL, because the demo did not create it.';
