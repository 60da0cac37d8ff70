import {
  Table,
  TableColumn,
  type QueryRunner,
  type TableColumnOptions,
  type TableForeignKeyOptions,
  type TableOptions,
} from 'typeorm';
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
export const instant = (name: string, options: Partial<TableColumnOptions> = {}): TableColumnOptions => ({
  name,
  type: 'datetime',
  ...options,
});

/** A whole number that fits 32 bits. */
export const integer = (name: string, options: Partial<TableColumnOptions> = {}): TableColumnOptions => ({
  name,
  type: 'integer',
  ...options,
});

/** An amount in minor units. */
export const money = (name: string, options: Partial<TableColumnOptions> = {}): TableColumnOptions => ({
  name,
  type: 'bigint',
  ...options,
});

/** A JSON document. */
export const json = (name: string, options: Partial<TableColumnOptions> = {}): TableColumnOptions => ({
  name,
  type: 'json',
  ...options,
});

/** A foreign key: the column holds the id of a row of another table. */
export const references = (
  column: string,
  table: string,
  options: Partial<TableForeignKeyOptions> = {},
): TableForeignKeyOptions => ({
  columnNames: [column],
  referencedTableName: table,
  referencedColumnNames: ['id'],
  onDelete: 'RESTRICT',
  onUpdate: 'RESTRICT',
  ...options,
});

/** Makes a table whose texts compare by their bytes on every database. */
export async function createTable(
  queryRunner: QueryRunner,
  { columns, ...options }: TableOptions & Required<Pick<TableOptions, 'columns'>>,
): Promise<void> {
  const { textColumn, instantColumn } = dialectOf(queryRunner.dataSource);
  const specifics: Partial<Record<string, object>> = { varchar: textColumn, text: textColumn, datetime: instantColumn };
  const specified = columns.map((column) => new TableColumn({ ...column, ...specifics[column.type] }));
  await queryRunner.createTable(new Table({ ...options, columns: specified }), false, true, true);
}
