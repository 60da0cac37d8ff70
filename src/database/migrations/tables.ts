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
  STORED_SEQUENCE,
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
export const sequence = columnOf(STORED_SEQUENCE);
export const json = columnOf(STORED_JSON);
export const longText = columnOf(STORED_LONG_TEXT);
/**
 * A text column. Migrations write its length as a number, because a released migration must not change with the entity.
 */
export const text = (name: string, length: number, options?: Options): TableColumnOptions =>
  columnOf(storedText(length))(name, options);

/** Returns a foreign key from a column to the id of another table. */
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

/** Creates a table, with the column options of the database. */
export async function createTable(
  queryRunner: QueryRunner,
  { columns, ...options }: TableOptions & Required<Pick<TableOptions, 'columns'>>,
): Promise<void> {
  const tableColumns = columns.map((column) => tableColumn(queryRunner, column));
  await queryRunner.createTable(new Table({ ...options, columns: tableColumns }), false, true, true);
}

/** Adds a column to a table, with the column options of the database. */
export async function addColumn(queryRunner: QueryRunner, table: string, column: TableColumnOptions): Promise<void> {
  await queryRunner.addColumn(table, tableColumn(queryRunner, column));
}

/**
 * Adds a column that can be null at the end of a table, without a copy of its rows: `addColumn` makes one on SQLite.
 */
export async function appendColumn(
  queryRunner: QueryRunner,
  table: string,
  { name, type, length }: TableColumnOptions,
): Promise<void> {
  const { charset, collation } = dialectOf(queryRunner.dataSource).columnOptions[type] ?? {};
  const size = length === undefined ? '' : `(${length})`;
  const order = charset === undefined ? '' : ` CHARACTER SET ${charset} COLLATE ${collation}`;
  await queryRunner.query(`ALTER TABLE ${table} ADD COLUMN ${name} ${type}${size}${order}`);
}

function tableColumn({ dataSource }: QueryRunner, column: TableColumnOptions): TableColumn {
  return new TableColumn({ ...column, ...dialectOf(dataSource).columnOptions[column.type] });
}
