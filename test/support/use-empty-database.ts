import { DataSource, type DataSourceOptions } from 'typeorm';
import { loadConfig, type Config } from '../../src/config/config';
import { writeSourceOptions } from '../../src/database/sources/data-sources';
import { ENTITIES } from '../../src/entities';
import { freshDatabase, type TestDatabase } from './database';

/** An empty database for each test, without the service. */
export class EmptyDatabase {
  private database: TestDatabase | undefined;

  async create(): Promise<void> {
    this.database = await freshDatabase();
  }

  drop(): Promise<void> | undefined {
    return this.database?.drop();
  }

  get settings(): Config {
    if (!this.database) throw new Error('The database has not been created.');
    return loadConfig({ DATABASE_URL: this.database.url, LOG_LEVEL: 'silent' });
  }

  /** Runs work with the entities and migrations of the service. */
  async inSource<Result>(work: (source: DataSource) => Promise<Result>): Promise<Result> {
    const source = await new DataSource(await this.sourceOptions()).initialize();
    try {
      return await work(source);
    } finally {
      await source.destroy();
    }
  }

  /** TypeORM reads MariaDB's catalogue in another way than MySQL's, so for this it must know which one it is. */
  private async sourceOptions(): Promise<DataSourceOptions> {
    const options = writeSourceOptions(this.settings, ENTITIES);
    if (options.type !== 'mysql') return options;
    const source = await new DataSource(options).initialize();
    const [{ version }] = await source.query<[{ version: string }]>('SELECT VERSION() AS version');
    await source.destroy();
    return version.includes('MariaDB') ? { ...options, type: 'mariadb' } : options;
  }
}

/** Gives each test an empty database, which is dropped after it. */
export function useEmptyDatabase(): EmptyDatabase {
  const database = new EmptyDatabase();
  beforeEach(() => database.create());
  afterEach(() => database.drop());
  return database;
}
