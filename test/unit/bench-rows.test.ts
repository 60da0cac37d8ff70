import { CsvLines } from '../bench/load/csv-lines';
import { COLUMNS, generateRows, INTERVAL } from '../bench/rows/activity-rows';
import { buildUsers } from '../bench/rows/people';

const ACCOUNT = { accountId: '01J0BENCH00000000000000000', users: buildUsers(0) };
const COUNT = 20_000;

describe('the generated rows of the benchmark', () => {
  const rows = [...generateRows(ACCOUNT, COUNT)].map((row) =>
    Object.fromEntries(COLUMNS.map((column, place) => [column, row[place]])),
  );

  it('are the same each time', () => {
    const again = [...generateRows(ACCOUNT, COUNT)];
    expect(again.map((row) => row.join('|'))).toEqual(rows.map((row) => Object.values(row).join('|')));
  });

  it('are sorted by id, and lie in the interval', () => {
    const ids = rows.map(({ id }) => String(id));
    expect(ids).toEqual([...new Set(ids)].sort());
    const times = rows.map(({ occurred_at: at }) => Date.parse(`${at}Z`));
    expect(Math.min(...times)).toBeGreaterThanOrEqual(INTERVAL.from);
    expect(Math.max(...times)).toBeLessThan(INTERVAL.to);
  });

  it('show users who left early only at the beginning, and users who came late only at the end', () => {
    const periodOf = new Map<unknown, string>(ACCOUNT.users.map(({ id, period }) => [id, period]));
    const placesOf = (period: string) =>
      rows.flatMap(({ user_id: id }, place) => (periodOf.get(id) === period ? [place / COUNT] : []));
    const [early, late] = [placesOf('beginning'), placesOf('end')];
    expect([early.length, late.length]).not.toContain(0);
    expect(Math.max(...early)).toBeLessThan(0.11);
    expect(Math.min(...late)).toBeGreaterThan(0.89);
  });

  it.each(['=', '+', '-', '@', '"', ',', '\t', '\n', '\r\n', '👍🏽'])('have comments with %j', (text) => {
    expect(rows.some(({ comment }) => String(comment).includes(text))).toBe(true);
  });
});

test('lines of a CSV are counted across chunks, without the line breaks in quotes', () => {
  const lines = new CsvLines();
  for (const chunk of ['Date,Comment\r\n1,"one\r', '\ntwo ""quoted""\n"\r\n2,three', '\r\n'])
    lines.add(Buffer.from(chunk));
  expect(lines.count).toBe(3);
});
