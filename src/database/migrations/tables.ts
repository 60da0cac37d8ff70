import { Table, TableColumn, type QueryRunner, type TableColumnOptions, type TableOptions } from 'typeorm';
import { dialectOf } from '../dialect';

/** A key of another row, or the row's own: a ULID. */
export const id = (name: string, options: Partial<TableColumnOptions> = {}): TableColumnOptions =>
  text(name, 26, options);

/** A text of at most so many characters. */
export const text = (name: string, length: number, options: Partial<TableColumnOptions> = {}): TableColumnOptions => ({
  name,
  type: 'varchar',
  length: String(length),
  ...options,
});

/** An instant in UTC, to the millisecond. */
export const instant = (name: string): TableColumnOptions => ({ name, type: 'datetime', precision: 3 });

/** Makes a table whose texts compare by their bytes on every database. */
export async function createTable(queryRunner: QueryRunner, options: TableOptions): Promise<void> {
  const { textColumn } = dialectOf(queryRunner.dataSource);
  const columns = options.columns?.map(
    (column) => new TableColumn(['varchar', 'text'].includes(column.type) ? { ...column, ...textColumn } : column),
  );
  await queryRunner.createTable(new Table({ ...options, columns }), false, true, true);
}
