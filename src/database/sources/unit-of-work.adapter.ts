import type { TransactionalAdapter } from '@nestjs-cls/transactional';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { dialectOf } from '../dialect';
import { inTransaction } from '../transaction';
import { READ_SOURCE } from './data-sources';

/** Both data sources of the service. */
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
 * Opens transactions for the unit of work. TypeORM has one connection to an embedded database and would mix the
 * statements of overlapping transactions, so there each waits until the one before has ended; and reads outside of a
 * transaction go to the read-only connection, where they can't see what is not committed and can't write past the queue.
 */
export class UnitOfWorkAdapter implements TransactionalAdapter<DataSources, EntityManager, object> {
  readonly connectionToken = DATA_SOURCES;

  optionsFactory({ write, read }: DataSources) {
    const { oneConnection } = dialectOf(write);
    let last: Promise<unknown> = Promise.resolve();
    const queued = <Result>(transaction: () => Promise<Result>): Promise<Result> => {
      const turn = last.then(transaction, transaction);
      last = turn.catch(() => undefined);
      return turn;
    };
    return {
      wrapWithTransaction: <Result>(
        _: object,
        work: () => Promise<Result>,
        setManager: (manager?: EntityManager) => void,
      ) => {
        const transaction = () =>
          inTransaction(write, (manager) => {
            setManager(manager);
            return work();
          });
        return oneConnection ? queued(transaction) : transaction();
      },
      getFallbackInstance: () => (oneConnection ? read : write).manager,
    };
  }
}
