import { createApp } from '../../../src/app';
import { CurrentCycle1764360000000 } from '../../../src/database/migrations/1764360000000-current-cycle';
import { EmailTemplateLocks1764360000001 } from '../../../src/database/migrations/1764360000001-email-template-locks';
import { RefundReasons1764360000002 } from '../../../src/database/migrations/1764360000002-refund-reasons';
import { ActivityUserEmail1764340000000 } from '../../../src/database/migrations/1764340000000-activity-user-email';
import { OrderChargeKeys1764370000000 } from '../../../src/database/migrations/1764370000000-order-charge-keys';
import { ActivityTypeVersions1764370000001 } from '../../../src/database/migrations/1764370000001-activity-type-versions';
import { useEmptyDatabase } from '../../support/use-empty-database';

describe('the schema', () => {
  const database = useEmptyDatabase();

  it('is after the migrations what the entities say: TypeORM would change nothing', async () => {
    const wanted = await database.inSource(async (source) => {
      await source.runMigrations();
      return (await source.driver.createSchemaBuilder().log()).upQueries.map(({ query }) => query);
    });
    expect(wanted).toEqual([]);
  });

  it('goes back to nothing when every migration is undone', async () => {
    const left = await database.inSource(async (source) => {
      for (const _ of await source.runMigrations()) await source.undoLastMigration();
      const runner = source.createQueryRunner();
      const tables = await Promise.all(source.entityMetadatas.map(({ tableName }) => runner.hasTable(tableName)));
      await runner.release();
      return tables.filter(Boolean);
    });
    expect(left).toEqual([]);
  });

  it.each(
    [
      ActivityUserEmail1764340000000,
      CurrentCycle1764360000000,
      EmailTemplateLocks1764360000001,
      RefundReasons1764360000002,
      OrderChargeKeys1764370000000,
      ActivityTypeVersions1764370000001,
    ].map((migration) => [migration.name]),
  )('is complete when a migration runs again that was interrupted before it was registered: %s', async (name) => {
    const [again, wanted] = await database.inSource(async (source) => {
      await source.runMigrations();
      await source.query('DELETE FROM migrations WHERE name = ?', [name]);
      const names = (await source.runMigrations()).map((migration) => migration.name);
      return [names, (await source.driver.createSchemaBuilder().log()).upQueries.map(({ query }) => query)];
    });
    expect([again, wanted]).toEqual([[name], []]);
  });

  it('keeps the service from starting when it lacks migrations', async () => {
    const app = await createApp(database.settings);
    await expect(app.init()).rejects.toThrow('npm run migrate');
    await app.close();
  });
});
