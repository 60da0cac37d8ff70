import { Global, Logger, Module, type DynamicModule, type OnModuleInit } from '@nestjs/common';
import { getDataSourceToken, InjectDataSource, TypeOrmModule } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { Config } from '../../config/config';
import { RequestContext } from '../../context/request-context';
import { UnitOfWork } from '../unit-of-work';
import { connect } from './connect';
import { READ_SOURCE, readSourceOptions, writeSourceOptions, type Entities } from './data-sources';

/** Provides the data sources for writing and for reading, and the unit of work. */
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
      imports: sources,
      providers: [unitOfWorkProvider],
      exports: [UnitOfWork],
    };
  }

  /**
   * Connects when the application is initialized and not when it is created, so that it can already listen and answer
   * that it is not ready.
   * @throws SchemaOutdatedError if the database lacks migrations
   */
  async onModuleInit(): Promise<void> {
    await connect([this.source, this.readSource], {
      seconds: this.config.DATABASE_WAIT_SECONDS,
      onFailedAttempt: ({ message, ...fields }) => {
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

/** The database lacks migrations. The message says what to do, so the stack is not printed. */
export class SchemaOutdatedError extends Error {
  override readonly name = 'SchemaOutdatedError';
}

/** Keeps Nest from connecting: it would repeat even attempts that cannot succeed, and log a stack for each of them. */
const UNCONNECTED = { manualInitialization: true, autoLoadEntities: false } as const;

const unitOfWorkProvider = {
  provide: UnitOfWork,
  inject: [RequestContext, getDataSourceToken(), getDataSourceToken(READ_SOURCE)],
  useFactory: (context: RequestContext, source: DataSource, readSource: DataSource) =>
    new UnitOfWork(context, source, readSource),
};
