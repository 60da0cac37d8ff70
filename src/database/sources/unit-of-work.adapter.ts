import type { TransactionalAdapter } from '@nestjs-cls/transactional';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { dialectOf } from '../dialect';
import { inTransaction } from '../transaction';
import { READ_SOURCE } from './data-sources';

/** The data sources of the service. */
export interface DataSources {
  readonly write: DataSource;
  readonly read: DataSource;
}

export const DATA_SOURCES = Symbol('data sources');

export const dataSourcesProvider = {
  provide: DATA_SOURCES,
  inject: [getDataSourceToken(), getDataSourceToken(READ_SOURCE)],
  useFactory: (write: DataSource, read: DataSource): DataSources => ({ write, read }),
};

/**
 * Opens transactions for the unit of work. With SQLite, queries outside of a transaction use the read-only connection,
 * which does not see uncommitted changes and cannot write.
 */
export class UnitOfWorkAdapter implements TransactionalAdapter<DataSources, EntityManager, object> {
  readonly connectionToken = DATA_SOURCES;

  optionsFactory({ write, read }: DataSources) {
    const { hasSingleConnection } = dialectOf(write);
    return {
      wrapWithTransaction: <Result>(
        _: object,
        work: () => Promise<Result>,
        setManager: (manager?: EntityManager) => void,
      ) =>
        inTransaction(write, (manager) => {
          setManager(manager);
          return work();
        }),
      getFallbackInstance: () => (hasSingleConnection ? read : write).manager,
    };
  }
}
