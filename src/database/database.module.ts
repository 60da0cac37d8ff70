import { Global, Module, type DynamicModule, type OnModuleInit } from '@nestjs/common';
import { ClsPluginTransactional } from '@nestjs-cls/transactional';
import { getDataSourceToken, InjectDataSource, TypeOrmModule } from '@nestjs/typeorm';
import { ClsModule } from 'nestjs-cls';
import type { DataSource } from 'typeorm';
import { Config } from '../config/config';
import { READ_SOURCE, readSourceOptions, writeSourceOptions, type Entities } from './data-sources';
import { createDataSource } from './create-data-source';
import { UnitOfWork } from './unit-of-work';
import { dataSourcesProvider, UnitOfWorkAdapter } from './unit-of-work.adapter';

/** Both data sources and the unit of work. */
@Global()
@Module({})
export class DatabaseModule implements OnModuleInit {
  constructor(@InjectDataSource() private readonly source: DataSource) {}

  static forEntities(entities: Entities): DynamicModule {
    const sources = [
      TypeOrmModule.forRootAsync({
        inject: [Config],
        useFactory: (config: Config) => ({ ...writeSourceOptions(config, entities), ...START }),
        dataSourceFactory: (options) => Promise.resolve(createDataSource(options!)),
      }),
      TypeOrmModule.forRootAsync({
        name: READ_SOURCE,
        // After the other one, which makes the embedded database's file.
        inject: [Config, getDataSourceToken()],
        useFactory: (config: Config) => ({ ...readSourceOptions(config, entities), ...START, name: READ_SOURCE }),
        dataSourceFactory: (options) => Promise.resolve(createDataSource(options!)),
      }),
    ];
    return {
      module: DatabaseModule,
      imports: [
        ...sources,
        ClsModule.registerPlugins([
          new ClsPluginTransactional({
            imports: [DataSourcesModule],
            adapter: new UnitOfWorkAdapter(),
            enableTransactionProxy: false,
          }),
        ]),
      ],
      providers: [UnitOfWork],
      exports: [UnitOfWork],
    };
  }

  /** A service whose schema is behind its code would fail later, and worse. */
  async onModuleInit(): Promise<void> {
    if (await this.source.showMigrations()) {
      throw new SchemaOutdatedError(
        'The database lacks migrations that this version needs. Run them first: npm run migrate',
      );
    }
  }
}

/** The message says what to do; its stack would not. */
export class SchemaOutdatedError extends Error {
  override readonly name = 'SchemaOutdatedError';
}

/** A server that is still starting gets half a minute. */
const START = { retryAttempts: 10, retryDelay: 3000, autoLoadEntities: false } as const;

@Module({ providers: [dataSourcesProvider], exports: [dataSourcesProvider] })
class DataSourcesModule {}
