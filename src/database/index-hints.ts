/** Returns the clause, after the name of a table, that makes a query use an index of the table. */
export type IndexHint = (index: string) => string;

/** The index hints of the databases; part of the dialects, in a file that worker threads can load without TypeORM. */
export const INDEX_HINTS = {
  sqlite: (index) => `INDEXED BY ${index}`,
  mysql: (index) => `FORCE INDEX (${index})`,
} as const satisfies Record<string, IndexHint>;
