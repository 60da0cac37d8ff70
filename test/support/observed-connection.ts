import { HOURS, INDEX_HINTS } from '../../src/database/read-dialect';
import type { ColumnValues, ReadConnection, ReadQuery } from '../../src/database/sources/read-connection';
import { onServer } from './database';
import type { Service } from './service';

/** A connection for exports and summaries, and the queries that it has run. */
export interface ObservedConnection {
  readonly connection: ReadConnection;
  readonly queries: readonly ReadQuery[];
}

/** Returns a connection that runs its queries on the service's data source for reading. */
export function observeConnection(service: Service): ObservedConnection {
  const dialect = onServer ? 'mysql' : 'sqlite';
  const queries: ReadQuery[] = [];
  const connection: ReadConnection = {
    indexHint: INDEX_HINTS[dialect],
    hourOf: HOURS[dialect],
    isAsynchronous: true,
    canStopStatements: onServer,
    read: async (query): Promise<ColumnValues[]> => {
      queries.push(query);
      const rows = await service.readSource.query<Record<string, string>[]>(query.sql, [...query.values]);
      return rows.map((row) => Object.values(row));
    },
  };
  return { connection, queries };
}
