/** Returns the clause, after the name of a table, that makes a query use an index of the table. */
export type IndexHint = (index: string) => string;

/** The index of a primary key, by which the rows are read. */
export const PRIMARY = 'PRIMARY';

/** The index hints of the databases. Part of the dialects, in a file that worker threads can load without TypeORM. */
export const INDEX_HINTS = {
  // SQLite names the index of a primary key itself. Only the primary key of activities is ever named in a query.
  sqlite: (index) => `INDEXED BY ${index === PRIMARY ? 'sqlite_autoindex_activities_1' : index}`,
  mysql: (index) => `FORCE INDEX (${index})`,
} as const satisfies Record<string, IndexHint>;

/** Returns the expression for the hour of a column with a time in UTC. */
export type HourOf = (column: string) => string;

/** The hours of the databases. Grouping by a number takes MySQL and MariaDB less time than grouping by a text. */
export const HOURS = {
  sqlite: (column) => `SUBSTR(${column}, 12, 2)`,
  mysql: (column) => `HOUR(${column})`,
} as const satisfies Record<string, HourOf>;
