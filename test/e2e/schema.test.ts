import { DataSource, type DataSourceOptions } from 'typeorm';
import { loadConfig } from '../../src/config/config';
import { writeSourceOptions } from '../../src/database/data-sources';
import { ENTITIES } from '../../src/entities';
import { createApp } from '../../src/app';
import { freshDatabase, type TestDatabase } from '../support/database';

describe('the schema', () => {
  let database: TestDatabase;
  beforeEach(async () => (database = await freshDatabase()));
  afterEach(() => database.drop());

  const settings = () => loadConfig({ DATABASE_URL: database.url, LOG_LEVEL: 'silent' });
  /** TypeORM reads MariaDB's catalogue in another way than MySQL's, so for this it must know which one it is. */
  const optionsOfServer = async (): Promise<DataSourceOptions> => {
    const options = writeSourceOptions(settings(), ENTITIES);
    if (options.type !== 'mysql') return options;
    const source = await new DataSource(options).initialize();
    const [{ version }] = await source.query<[{ version: string }]>('SELECT VERSION() AS version');
    await source.destroy();
    return version.includes('MariaDB') ? { ...options, type: 'mariadb' } : options;
  };
  const inSource = async <Result>(work: (source: DataSource) => Promise<Result>): Promise<Result> => {
    const source = await new DataSource(await optionsOfServer()).initialize();
    try {
      return await work(source);
    } finally {
      await source.destroy();
    }
  };

  it('is after the migrations what the entities say: TypeORM would change nothing', async () => {
    const wanted = await inSource(async (source) => {
      await source.runMigrations();
      return (await source.driver.createSchemaBuilder().log()).upQueries.map(({ query }) => query);
    });
    expect(wanted).toEqual([]);
  });

  it('goes back to nothing when every migration is undone', async () => {
    const left = await inSource(async (source) => {
      for (const _ of await source.runMigrations()) await source.undoLastMigration();
      const runner = source.createQueryRunner();
      const tables = await Promise.all(source.entityMetadatas.map(({ tableName }) => runner.hasTable(tableName)));
      await runner.release();
      return tables.filter(Boolean);
    });
    expect(left).toEqual([]);
  });

  it('keeps the service from starting when it lacks migrations', async () => {
    const app = await createApp(settings());
    await expect(app.init()).rejects.toThrow('npm run migrate');
    await app.close();
  });
});
