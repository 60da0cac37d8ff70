import { Global, Logger, Module, type DynamicModule, type OnModuleInit } from '@nestjs/common';
import { ClsPluginTransactional } from '@nestjs-cls/transactional';
import { InjectDataSource, TypeOrmModule } from '@nestjs/typeorm';
import { ClsModule } from 'nestjs-cls';
import type { DataSource } from 'typeorm';
import { Config } from '../../config/config';
import { UnitOfWork } from '../unit-of-work';
import { connect } from './connect';
import { READ_SOURCE, readSourceOptions, writeSourceOptions, type Entities } from './data-sources';
import { dataSourcesProvider, UnitOfWorkAdapter } from './unit-of-work.adapter';

/** Both data sources and the unit of work. */
@Global()
@Module({})
export class DatabaseModule implements OnModuleInit {
  private readonly logger = new Logger(DatabaseModule.name);

  constructor(
    private readonly config: Config,
    @InjectDataSource() private readonly source: DataSource,
    @InjectDataSource(READ_SOURCE) private readonly readSource: DataSource,
  ) {}

  static forEntities(entities: Entities): DynamicModule {
    const sources = [
      TypeOrmModule.forRootAsync({
        inject: [Config],
        useFactory: (config: Config) => ({ ...writeSourceOptions(config, entities), ...UNCONNECTED }),
      }),
      TypeOrmModule.forRootAsync({
        name: READ_SOURCE,
        inject: [Config],
        useFactory: (config: Config) => ({ ...readSourceOptions(config, entities), ...UNCONNECTED, name: READ_SOURCE }),
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

  /**
   * Connects when the application is initialized, not when it is made: until then it can listen and say that it is not
   * ready. Refuses a schema that is older than the code.
   */
  async onModuleInit(): Promise<void> {
    await connect([this.source, this.readSource], {
      seconds: this.config.DATABASE_WAIT_SECONDS,
      onFailedTry: ({ message, ...fields }) => {
        this.logger.warn(fields, `${message} Trying for ${fields.secondsLeft} s more.`);
      },
    });
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

/** The module connects, because Nest's own way repeats also what can't succeed, and logs a stack each time. */
const UNCONNECTED = { manualInitialization: true, autoLoadEntities: false } as const;

@Module({ providers: [dataSourcesProvider], exports: [dataSourcesProvider] })
class DataSourcesModule {}
