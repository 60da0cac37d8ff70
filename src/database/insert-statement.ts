import type { DataSource, EntityManager, EntityMetadata, EntityTarget, ObjectLiteral } from 'typeorm';
import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata';
import { isText } from './columns';
import { runInOrder, Statement, type Execution, type StoredValue } from './statement';

/** Maximum number of rows of one statement, by default. More rows at once are not inserted faster. */
export const MAX_ROWS = 200;

/** Returns how many of `count` rows the next statement inserts: few different numbers, as each is prepared. */
export function rowsOfStatement(count: number, maxRows = MAX_ROWS): number {
  return count >= maxRows ? maxRows : 2 ** Math.floor(Math.log2(count));
}

/** Rows of one entity to insert. */
export interface RowList<Row extends ObjectLiteral = ObjectLiteral> {
  readonly entity: EntityTarget<Row>;
  readonly rows: readonly Row[];
}

/**
 * Inserts rows of an entity by prepared statements. The columns and the conversion of their values are those of the
 * entity. Every property of a row must have a value; columns do not get their defaults.
 */
export class InsertStatement<Row extends ObjectLiteral> {
  /** The statements by their number of rows. */
  private readonly statements = new Map<number, Statement>();

  private constructor(private readonly metadata: EntityMetadata) {}

  static for<Row extends ObjectLiteral>(source: DataSource, entity: EntityTarget<Row>): InsertStatement<Row> {
    const metadata = source.getMetadata(entity);
    const insert = inserts.get(metadata) ?? new InsertStatement(metadata);
    inserts.set(metadata, insert);
    return insert;
  }

  /** Inserts rows in the open transaction of the manager, by as few statements as possible. */
  run(manager: EntityManager, rows: readonly Row[], maxRows = MAX_ROWS): Promise<void> {
    return runInOrder(manager, this.executionsOf(rows, maxRows));
  }

  /** Returns the statements that insert rows, with their values. */
  *executionsOf(rows: readonly Row[], maxRows = MAX_ROWS): Generator<Execution> {
    for (let start = 0, count: number; start < rows.length; start += count) {
      count = rowsOfStatement(rows.length - start, maxRows);
      yield { statement: this.of(count), values: this.valuesOf(rows.slice(start, start + count)) };
    }
  }

  /** Returns the statement that inserts this number of rows. */
  of(count: number): Statement {
    const statement = this.statements.get(count) ?? new Statement(this.sqlOf(count));
    this.statements.set(count, statement);
    return statement;
  }

  /** Returns the values of rows, as the statement takes them. */
  valuesOf(rows: readonly Row[]): StoredValue[] {
    const values: StoredValue[] = [];
    for (const row of rows) {
      for (const column of this.metadata.columns) {
        // The columns of an embedded object, such as a card, are properties of that object.
        const value: unknown = column.embeddedMetadata ? column.getEntityValue(row) : row[column.propertyName];
        values.push(this.convert(value, column));
      }
    }
    return values;
  }

  private convert(value: unknown, column: ColumnMetadata): StoredValue {
    if (value === null || (typeof value === 'string' && isText(column))) return value;
    return this.metadata.dataSource.driver.preparePersistentValue(value, column) as StoredValue;
  }

  private sqlOf(count: number): string {
    const { columns, tableName, dataSource } = this.metadata;
    const names = columns.map(({ databaseName }) => dataSource.driver.escape(databaseName));
    const places = `(${names.map(() => '?').join(', ')})`;
    const rows = Array<string>(count).fill(places).join(', ');
    return `INSERT INTO ${dataSource.driver.escape(tableName)} (${names.join(', ')}) VALUES ${rows}`;
  }
}

/** The statements of each entity of each data source. */
const inserts = new WeakMap<EntityMetadata, InsertStatement<ObjectLiteral>>();
