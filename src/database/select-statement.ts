import type { EntityManager, EntityMetadata, EntityTarget, ObjectLiteral } from 'typeorm';
import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata';
import { isText } from './columns';
import { Statement, type StoredValue } from './statement';

/** A page of a list that is sorted by id. */
interface PageOfList {
  readonly order: 'ASC' | 'DESC';
  readonly after: string | undefined;
  /** Maximum number of rows. */
  readonly take: number;
}

/**
 * Another table whose columns are read too. It is a LEFT JOIN, so that the database begins with the table of the entity,
 * which has the order of the list.
 */
interface Join<Name extends string = string> {
  /** The table, and what follows ON, such as `products ON products.id = orders.product_id`. */
  readonly table: string;
  /** The text columns to read, keyed by the property that receives the value of each. */
  readonly texts: Readonly<Record<Name, string>>;
}

/**
 * The limits that statements can have. A limit is part of the text, because MySQL accepts no number as a parameter of
 * LIMIT; few different limits mean few prepared statements.
 */
const LIMITS = [11, 51, 101, 251, 501, 1001];

/**
 * Reads rows of an entity by prepared statements, for lists. The columns and the conversion of their values are those of
 * the entity.
 */
export class SelectStatement<Row extends ObjectLiteral> {
  /** The statements by their text after FROM. */
  private readonly statements = new Map<string, Statement<Record<string, unknown>>>();

  /** The columns that TypeORM selects by default. */
  private readonly columns: readonly ColumnMetadata[];

  /**
   * An entity without values, which each entity is a copy of: V8 keeps an object with more than 12 properties as a hash
   * table if they are added one by one.
   */
  private readonly empty: Readonly<Record<string, unknown>>;

  private constructor(
    private readonly metadata: EntityMetadata,
    private readonly join?: Join,
  ) {
    this.columns = metadata.columns.filter(({ isSelect }) => isSelect);
    const properties = this.columns.map(({ embeddedMetadata: embedded, propertyName }) =>
      embedded ? embedded.propertyName : propertyName,
    );
    this.empty = Object.fromEntries([...properties, ...Object.keys(join?.texts ?? {})].map((name) => [name, null]));
  }

  /** Returns the statements of an entity in the database of a manager. */
  static for<Row extends ObjectLiteral>(manager: EntityManager, entity: EntityTarget<Row>): SelectStatement<Row> {
    const metadata = manager.dataSource.getMetadata(entity);
    const select = selects.get(metadata) ?? new SelectStatement(metadata);
    selects.set(metadata, select);
    return select as SelectStatement<Row>;
  }

  /**
   * Returns statements that read columns of another table too. They can read pages; clauses of other queries must name
   * the table of each column.
   */
  joined<Name extends string>(join: Join<Name>): SelectStatement<Row & Record<Name, string>> {
    return new SelectStatement(this.metadata, join);
  }

  /**
   * Reads rows.
   * @param clauses what follows the name of the table, with a `?` for each value. Each different text is prepared and
   * kept, so it must contain no values.
   */
  async rows(manager: EntityManager, clauses: string, values: readonly StoredValue[]): Promise<Row[]> {
    const statement = this.statements.get(clauses) ?? new Statement(this.sqlOf(clauses));
    this.statements.set(clauses, statement);
    const rows = await statement.rows(manager, values);
    return rows.map((row) => this.entityOf(row));
  }

  /**
   * Reads one page of a list: rows whose columns equal the values of the filter, sorted by id.
   * @param after the id that the previous page ended with
   */
  async page(
    manager: EntityManager,
    filter: Readonly<Record<string, StoredValue>>,
    { order, after, take }: PageOfList,
  ): Promise<Row[]> {
    const conditions = Object.keys(filter).map((property) => `${this.nameOf(property)} = ?`);
    if (after !== undefined) conditions.push(`${this.nameOf('id')} ${order === 'ASC' ? '>' : '<'} ?`);
    const limit = LIMITS.find((size) => size >= take) ?? take;
    const clauses = `WHERE ${conditions.join(' AND ')} ORDER BY ${this.nameOf('id')} ${order} LIMIT ${limit}`;
    const values = [...Object.values(filter), ...(after === undefined ? [] : [after])];
    const rows = await this.rows(manager, clauses, values);
    return rows.slice(0, take);
  }

  /** Reads the rows that have one of the ids, in no particular order. */
  async byIds(manager: EntityManager, ids: readonly string[]): Promise<Row[]> {
    const [first] = ids;
    if (first === undefined) return [];
    const places = 2 ** Math.ceil(Math.log2(ids.length));
    const values = [...ids, ...Array<string>(places - ids.length).fill(first)];
    const clauses = `WHERE ${this.nameOf('id')} IN (${values.map(() => '?').join(', ')})`;
    return this.rows(manager, clauses, values);
  }

  private nameOf(property: string): string {
    const column = this.metadata.findColumnWithPropertyName(property);
    if (!column) throw new Error(`${this.metadata.name} has no column for ${property}.`);
    return this.qualified(column);
  }

  private entityOf(row: Record<string, unknown>): Row {
    const entity = { ...this.empty };
    for (const column of this.columns) {
      const value = this.convert(row[column.databaseName], column);
      if (column.embeddedMetadata) column.setEntityValue(entity, value);
      else entity[column.propertyName] = value;
    }
    for (const name in this.join?.texts) entity[name] = row[name];
    return entity as Row;
  }

  private convert(value: unknown, column: ColumnMetadata): unknown {
    if ((value === null && column.transformer === undefined) || (typeof value === 'string' && isText(column)))
      return value;
    return this.metadata.dataSource.driver.prepareHydratedValue(value, column) as unknown;
  }

  private sqlOf(clauses: string): string {
    const { driver } = this.metadata.dataSource;
    const names = this.columns.map((column) => this.qualified(column));
    const table = driver.escape(this.metadata.tableName);
    if (!this.join) return `SELECT ${names.join(', ')} FROM ${table} ${clauses}`;
    const texts = Object.entries(this.join.texts).map(([name, column]) => `${column} AS ${driver.escape(name)}`);
    return `SELECT ${[...names, ...texts].join(', ')} FROM ${table} LEFT JOIN ${this.join.table} ${clauses}`;
  }

  /** Returns the name of a column in a statement, with its table if there is another one. */
  private qualified({ databaseName }: ColumnMetadata): string {
    const { driver } = this.metadata.dataSource;
    const name = driver.escape(databaseName);
    return this.join ? `${driver.escape(this.metadata.tableName)}.${name}` : name;
  }
}

/** The statements of each entity of each data source. */
const selects = new WeakMap<EntityMetadata, SelectStatement<ObjectLiteral>>();
