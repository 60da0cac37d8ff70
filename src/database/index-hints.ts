/** Returns the clause, after the name of a table, that makes a query use an index of the table. */
export type IndexHint = (index: string) => string;

/** The index of a primary key, by which the rows are read. */
export const PRIMARY = 'PRIMARY';

/** The index hints of the databases; part of the dialects, in a file that worker threads can load without TypeORM. */
export const INDEX_HINTS = {
  // SQLite names the index of a primary key itself. Only the primary key of activities is ever named in a query.
  sqlite: (index) => `INDEXED BY ${index === PRIMARY ? 'sqlite_autoindex_activities_1' : index}`,
  mysql: (index) => `FORCE INDEX (${index})`,
} as const satisfies Record<string, IndexHint>;
