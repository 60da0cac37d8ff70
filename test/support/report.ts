import { csvLines } from './csv';
import type { Person, Query, Row } from './person';

/** The report that a person reads, optionally limited to the activities of one user. */
export class Report {
  constructor(
    private readonly reader: Person,
    private readonly of?: Person,
  ) {}

  /** Reads the rows of one page, newest first. */
  rows(query: Query = {}): Promise<Row[]> {
    return this.reader.report(this.filter(query));
  }

  /** Reads the newest row. */
  async lastRow(query: Query = {}): Promise<Row> {
    const [row] = await this.rows({ limit: 1, ...query });
    return row!;
  }

  /** Reads the lines of the CSV without its header, oldest first. */
  async csvRows(query: Query = {}): Promise<string[][]> {
    return csvLines(await this.reader.csv(this.filter({ order: 'asc', ...query }))).slice(1);
  }

  async lastCsvRow(query: Query = {}): Promise<string[] | undefined> {
    return (await this.csvRows(query)).at(-1);
  }

  /** Reads all rows, page by page, and calls `between` after each page. */
  walk(query: Query = {}, between?: (page: Row[]) => Promise<unknown>): Promise<Row[]> {
    return this.reader.walk(this.filter(query), between);
  }

  private filter(query: Query): Query {
    return { ...(this.of && { userId: this.of.user.id }), ...query };
  }
}
