import {
  Table,
  TableColumn,
  type QueryRunner,
  type TableColumnOptions,
  type TableForeignKeyOptions,
  type TableOptions,
} from 'typeorm';
import {
  STORED_ID,
  STORED_INSTANT,
  STORED_INTEGER,
  STORED_JSON,
  STORED_LONG_TEXT,
  STORED_MONEY,
  storedText,
  type Storage,
} from '../columns';
import { dialectOf } from '../dialect';

type Options = Pick<TableColumnOptions, 'isPrimary' | 'isNullable' | 'default'>;

const columnOf =
  ({ type, length }: Storage) =>
  (name: string, options: Options = {}): TableColumnOptions => ({
    name,
    type,
    ...(length !== undefined && { length: String(length) }),
    ...options,
  });

export const id = columnOf(STORED_ID);
export const instant = columnOf(STORED_INSTANT);
export const integer = columnOf(STORED_INTEGER);
export const money = columnOf(STORED_MONEY);
export const json = columnOf(STORED_JSON);
export const longText = columnOf(STORED_LONG_TEXT);
/** Its length is written out, and not the one that the entity has today: a released migration keeps what it creates. */
export const text = (name: string, length: number, options?: Options): TableColumnOptions =>
  columnOf(storedText(length))(name, options);

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
  const ofThisDialect = columns.map((column) => ofDialect(queryRunner, column));
  await queryRunner.createTable(new Table({ ...options, columns: ofThisDialect }), false, true, true);
}

/** Gives a table one more column. */
export async function addColumn(queryRunner: QueryRunner, table: string, column: TableColumnOptions): Promise<void> {
  await queryRunner.addColumn(table, ofDialect(queryRunner, column));
}

function ofDialect({ dataSource }: QueryRunner, column: TableColumnOptions): TableColumn {
  return new TableColumn({ ...column, ...dialectOf(dataSource).columnOptions[column.type] });
}
