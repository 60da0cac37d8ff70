import request, { type Test } from 'supertest';

/** One row of the report, as JSON. */
export interface Row {
  readonly id: string;
  readonly url: string;
  readonly occurredAt: string;
  readonly recordedAt: string | null;
  readonly user: { readonly id: string | null; readonly name: string; readonly email: string | null };
  readonly activity: { readonly code: string; readonly label: string };
  readonly outcome: string;
  readonly failureCode: string | null;
  readonly details: Readonly<Record<string, unknown>>;
  readonly comment: string | null;
  readonly [column: string]: unknown;
}

/** The parameters of a query string. A list repeats its parameter. */
export type Query = Record<string, string | number | boolean | readonly string[]>;

export const REPORT = '/v1/reports/users-activity';

/** The user whom a session belongs to. */
interface User {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly account: { readonly id: string };
}

/** A person or program that uses the service over HTTP. */
export class Person {
  constructor(
    readonly url: string,
    readonly token?: string,
    readonly user: User = { id: '', name: '', email: null, account: { id: '' } },
  ) {}

  /** Continues as another person, with the service, session and user of that person. */
  become({ url, token, user }: Person): void {
    Object.assign(this, { url, token, user });
  }

  get(path: string, query: Query = {}): Test {
    return this.send(request(this.url).get(path + queryString(query)));
  }

  post(path: string, body?: object): Test {
    return this.send(request(this.url).post(path).send(body));
  }

  patch(path: string, body: object): Test {
    return this.send(request(this.url).patch(path).send(body));
  }

  put(path: string, body: object): Test {
    return this.send(request(this.url).put(path).send(body));
  }

  delete(path: string): Test {
    return this.send(request(this.url).delete(path));
  }

  /** Reads one page of the report. */
  async report(query: Query = {}): Promise<Row[]> {
    const { body } = await this.get(REPORT, { limit: 1000, ...query }).expect(200);
    return comparable(body.data);
  }

  /** Reads all rows of the report, page by page, and calls `between` after each page. */
  async walk(query: Query, between: (page: Row[]) => Promise<unknown> = () => Promise.resolve()): Promise<Row[]> {
    const rows: Row[] = [];
    let cursor: string | null | undefined;
    do {
      const { body } = await this.get(REPORT, { ...query, ...(cursor && { cursor }) }).expect(200);
      rows.push(...comparable(body.data));
      cursor = body.nextCursor;
      await between(body.data);
    } while (cursor);
    return rows;
  }

  /** Exports the report as CSV. */
  async csv(query: Query = {}): Promise<string> {
    const { text } = await this.get(REPORT, query).set('accept', 'text/csv').expect(200);
    return text;
  }

  private send(test: Test): Test {
    return this.token === undefined ? test : test.set('authorization', `Bearer ${this.token}`);
  }
}

/**
 * Hides `recordedAt` of rows from comparisons, but not from tests that read it: it is null until the record has its place
 * in the ledger, so the same row can differ between two requests.
 */
function comparable(rows: Row[]): Row[] {
  for (const row of rows) Object.defineProperty(row, 'recordedAt', { enumerable: false });
  return rows;
}

/** Shows the hidden `recordedAt` of rows to comparisons: for rows that have had their places for long. */
export function showTimes(rows: Row[]): Row[] {
  for (const row of rows) Object.defineProperty(row, 'recordedAt', { enumerable: true });
  return rows;
}

export function queryString(query: Query): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const item of Array.isArray(value) ? (value as string[]) : [String(value)]) parameters.append(name, item);
  }
  return parameters.size > 0 ? `?${parameters.toString()}` : '';
}
