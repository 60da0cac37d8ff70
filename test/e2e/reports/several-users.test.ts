import { NO_CONDITIONS } from '../../../src/activities/filter/activity-filter';
import { ACTIVITY_TYPES, ActivityType } from '../../../src/audit/catalogue/activity-type';
import type { ReadQuery } from '../../../src/database/sources/read-connection';
import { readBatch } from '../../../src/reports/users-activity/exports/batch-reader';
import type { ExportFilter, ReadPosition } from '../../../src/reports/users-activity/exports/read-position';
import { MAX_LOOKED_AT } from '../../../src/reports/users-activity/reading/activity.reader';
import { observeConnection } from '../../support/observed-connection';
import { REPORT } from '../../support/person';
import { fillWith, recordFor } from '../../support/records';
import { useManager, useUser } from '../../support/use-people';
import { useService } from '../../support/use-service';

const TYPE = ActivityType.UserLogout;
/** Rows of the busy user: more than two pages look at. */
const BUSY_ROWS = 2 * MAX_LOOKED_AT + 2500;
/** Rows of the activity type, which are not few: they are spread over the time of the busy user's rows. */
const MATCHING_ROWS = 3000;
const ROWS_AT_ONCE = 1000;
/** Milliseconds between two matching rows. */
const DISTANCE = (BUSY_ROWS * 10) / MATCHING_ROWS;

describe('a report of one activity type of several users', () => {
  const service = useService();
  const busy = useManager(service);
  const active = useUser(service, busy, 'ann@one.example', 'Ann');
  const idle = useUser(service, busy, 'john@one.example', 'John');

  beforeAll(async () => {
    await recordFor(service, busy, [{ at: new Date(Date.now() - 3_600_000), type: TYPE }]);
    await fillWith(service, busy, BUSY_ROWS);
    const newest = Date.now() - 1000;
    for (let start = 0; start < MATCHING_ROWS; start += ROWS_AT_ONCE) {
      const activities = Array.from({ length: ROWS_AT_ONCE }, (_, index) => ({
        at: new Date(newest - (start + index) * DISTANCE),
        type: TYPE,
      }));
      await recordFor(service, active, activities);
    }
  }, 360_000);
  afterEach(() => jest.restoreAllMocks());

  /** Returns how many rows of each user are within the bounds of a statement, whatever their activity type is. */
  const countRows = ({ sql, values }: ReadQuery): Promise<number[]> => {
    const parts = sql.split(' UNION ALL ');
    const width = values.length / parts.length;
    return Promise.all(
      parts.map(async (part, place) => {
        const [, where = ''] = /WHERE (.*) ORDER BY/.exec(part) ?? [];
        const [account, user, , low, high] = values.slice(place * width);
        const [row] = await service.readSource.query<{ total: string | number }[]>(
          `SELECT COUNT(*) AS total FROM activities WHERE ${where.replace(' AND activity = ?', '')}`,
          [account, user, low, high],
        );
        return Number(row!.total);
      }),
    );
  };
  const testsRows = ({ sql }: ReadQuery) => sql.includes('user_id = ? AND activity = ?');

  it.each(['desc', 'asc'])('looks at a bounded number of rows of each user for a page: %s', async (order) => {
    // Without the records of reading the report.
    const to = new Date().toISOString();
    const query = { userId: [busy.user.id, idle.user.id], activity: TYPE, order, to };
    const found: number[] = [];
    const windows: number[] = [];
    let cursor: string | null | undefined;
    do {
      const queries = jest.spyOn(service.readSource, 'query');
      const { body } = await busy.get(REPORT, { ...query, ...(cursor && { cursor }) }).expect(200);
      const statements = queries.mock.calls.map(([sql, values]) => ({ sql, values: values as string[] }));
      queries.mockRestore();
      const counts = await Promise.all(statements.filter(testsRows).map(countRows));
      windows.push(counts.length);
      for (const user of [0, 1])
        expect(counts.reduce((sum, count) => sum + count[user]!, 0)).toBeLessThanOrEqual(MAX_LOOKED_AT);
      found.push(body.data.length);
      cursor = body.nextCursor;
    } while (cursor);
    expect(windows[0]).toBeGreaterThan(1);
    expect(found).toEqual(order === 'desc' ? [0, 0, 1] : [1, 0, 0]);
  });

  it.each(['desc', 'asc'])('has full pages where many match, and all rows: %s', async (order) => {
    const query = { userId: [busy.user.id, active.user.id], activity: TYPE, order, limit: 100 };
    const sizes: number[] = [];
    const rows = await busy.walk(query, (page) => Promise.resolve(sizes.push(page.length)));
    expect(new Set(rows.map(({ id }) => id)).size).toBe(MATCHING_ROWS + 1);
    expect(rows).toHaveLength(MATCHING_ROWS + 1);
    expect(sizes.slice(0, MATCHING_ROWS / 100).every((size) => size === 100)).toBe(true);
  });

  it.each(['desc', 'asc'] as const)(
    'reads the rows of a user without matching ones only once for an export: %s',
    async (order) => {
      const filter: ExportFilter = {
        ...NO_CONDITIONS,
        accountId: busy.user.account.id,
        userIds: [busy.user.id, active.user.id],
        activities: [TYPE],
        interval: { from: Date.now() - 1_800_000, to: Date.now() },
        timeZone: 'UTC',
        order,
        codes: ACTIVITY_TYPES,
      };
      const { connection, queries } = observeConnection(service);
      let rows = 0;
      let position: ReadPosition | undefined = {};
      while (position) {
        const batch = await readBatch(connection, filter, position);
        rows += batch.rows.length;
        position = batch.next;
      }
      expect(rows).toBe(MATCHING_ROWS);
      const counts = await Promise.all(queries.filter(testsRows).map(countRows));
      expect(counts.length).toBeGreaterThan(2);
      expect(counts.reduce((sum, [count = 0]) => sum + count, 0)).toBeLessThan(1.5 * BUSY_ROWS);
    },
  );
});
