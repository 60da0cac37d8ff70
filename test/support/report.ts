import { csvLines } from './csv';
import type { Person, Query, Row } from './person';

/** The report as one person reads it: all of it, or only what another person did. */
export class Report {
  constructor(
    private readonly reader: Person,
    private readonly of?: Person,
  ) {}

  /** The rows of one page, the newest first. */
  rows(query: Query = {}): Promise<Row[]> {
    return this.reader.report(this.filter(query));
  }

  /** The newest row. */
  async lastRow(query: Query = {}): Promise<Row> {
    const [row] = await this.rows({ limit: 1, ...query });
    return row!;
  }

  /** The lines of the CSV below its header, the oldest first. */
  async csvRows(query: Query = {}): Promise<string[][]> {
    return csvLines(await this.reader.csv(this.filter({ order: 'asc', ...query }))).slice(1);
  }

  async lastCsvRow(query: Query = {}): Promise<string[] | undefined> {
    return (await this.csvRows(query)).at(-1);
  }

  /** Every row, page by page; `between` happens after each page. */
  walk(query: Query = {}, between?: (page: Row[]) => Promise<unknown>): Promise<Row[]> {
    return this.reader.walk(this.filter(query), between);
  }

  private filter(query: Query): Query {
    return { ...(this.of && { userId: this.of.user.id }), ...query };
  }
}
