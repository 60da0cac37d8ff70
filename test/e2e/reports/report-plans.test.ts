import { NO_CONDITIONS, type ActivityFilter } from '../../../src/activities/filter/activity-filter';
import { ActivityCatalogue } from '../../../src/audit/catalogue/activity-catalogue';
import { ACTIVITY_TYPES } from '../../../src/audit/catalogue/activity-type';
import type { ReadQuery } from '../../../src/database/sources/read-connection';
import { CountedGroups } from '../../../src/reports/users-activity/counting/counted-groups';
import type { ColumnGrouping } from '../../../src/reports/users-activity/counting/grouping';
import { countSlice, FIRST_METHOD } from '../../../src/reports/users-activity/counting/slice';
import { readBatch } from '../../../src/reports/users-activity/exports/batch-reader';
import { ExportBatches } from '../../../src/reports/users-activity/exports/export-batches';
import type { ExportFilter, ReadPosition } from '../../../src/reports/users-activity/exports/read-position';
import { moreColumnsOf, type WritingOptions } from '../../../src/reports/users-activity/formats/row-writer';
import { ActivityReader } from '../../../src/reports/users-activity/reading/activity.reader';
import { onServer } from '../../support/database';
import { observeConnection } from '../../support/observed-connection';
import { recordFor } from '../../support/records';
import { useManager, useUser } from '../../support/use-people';
import { useService } from '../../support/use-service';

/** Enough for three batches of an export. */
const ROWS = 8000;
const TYPES = ['page.accessed', 'user.login', 'user.logout'] as const;
/** Rows that one call records. */
const ROWS_AT_ONCE = 1000;

const INDEXES =
  /^(PRIMARY|sqlite_autoindex_activities_1|activities_by_(user|activity|order|subscription)|audit_ledger_by_activity)$/;

/** A line of EXPLAIN, on MySQL and MariaDB. */
interface ServerStep {
  readonly table: string | null;
  readonly type: string | null;
  readonly key: string | null;
  readonly Extra: string | null;
}

/** A line of EXPLAIN QUERY PLAN, on SQLite. */
interface SqliteStep {
  readonly detail: string;
}

/** How a statement reads the table of activities, or of the ledger. */
interface Access {
  /** Whether it looks up the ids of its range, and does not read the whole table or index. */
  readonly isLookUp: boolean;
  readonly index: string;
  readonly sorts: boolean;
}

describe('the statements of a report', () => {
  const service = useService();
  const manager = useManager(service);
  const ann = useUser(service, manager, 'ann@one.example', 'Ann', []);

  beforeAll(async () => {
    for (let start = 0; start < ROWS; start += ROWS_AT_ONCE) {
      const activities = Array.from({ length: ROWS_AT_ONCE }, (_, index) => ({
        at: new Date(Date.now() - (start + index + 1) * 1000),
        type: TYPES[index % 3]!,
        outcome: index % 2 === 0 ? ('success' as const) : ('failure' as const),
        fields: {
          orderReference: `ORDER-${index % 2}`,
          subscriptionReference: `SUB-${index % 2}`,
          amount: 150,
          currency: 'EUR',
        },
        origin: { ipAddress: '203.0.113.7', requestId: 'REQUEST' },
        sentBy: 'CRM connector',
      }));
      await recordFor(service, start % 2000 === 0 ? manager : ann, activities);
    }
    await service.writeSource.query(onServer ? 'ANALYZE TABLE activities' : 'ANALYZE');
  }, 360_000);
  afterEach(() => jest.restoreAllMocks());

  const explain = async ({ sql, values }: ReadQuery): Promise<Access[]> => {
    if (onServer) {
      const steps = await service.readSource.query<ServerStep[]>(`EXPLAIN ${sql}`, [...values]);
      return steps
        .filter(({ table }) => table === 'activities' || table === 'audit_ledger')
        .map(({ type, key, Extra }) => ({
          isLookUp: type === 'range' || type === 'ref' || type === 'const',
          index: key ?? '',
          sorts: Extra?.includes('filesort') ?? false,
        }));
    }
    const steps = await service.readSource.query<SqliteStep[]>(`EXPLAIN QUERY PLAN ${sql}`, [...values]);
    const sorts = steps.some(({ detail }) => detail.includes('USE TEMP B-TREE FOR ORDER BY'));
    return steps
      .map(
        ({ detail }) =>
          / (?:activities|audit_ledger) USING (?:COVERING )?INDEX (\w+) \(account_id=\? AND .*id/.exec(detail) ??
          detail,
      )
      .flatMap((found) => {
        if (typeof found !== 'string') return [{ isLookUp: found.input.startsWith('SEARCH'), index: found[1]!, sorts }];
        return / (?:activities|audit_ledger)\b/.test(found) ? [{ isLookUp: false, index: found, sorts }] : [];
      });
  };

  /**
   * Checks that a statement reads the rows of its ranges only, and sorts none that it does not return. A statement for
   * a window of several ranges can sort those of the window.
   */
  const check = async (query: ReadQuery, sortsWindow: boolean): Promise<void> => {
    const accesses = await explain(query);
    expect(accesses.length).toBeGreaterThan(0);
    for (const { isLookUp, index, sorts } of accesses) {
      expect([query.sql, isLookUp]).toEqual([query.sql, true]);
      expect(index).toMatch(INDEXES);
      if (sorts && !sortsWindow) expect(query.sql).not.toContain('LIMIT');
    }
  };

  const ADDRESS = { ipAddresses: ['203.0.113.7'] };
  const filters = (): [name: string, filter: Partial<ExportFilter>, sortsWindow?: true][] => [
    ['everything', {}],
    ['one user', { userIds: [ann.user.id] }],
    ['one user with one activity', { userIds: [ann.user.id], activities: [TYPES[1]] }],
    ['several users', { userIds: [ann.user.id, manager.user.id] }],
    ['several users with one outcome', { userIds: [ann.user.id, manager.user.id], outcomes: ['failure'] }],
    ['one activity', { activities: [TYPES[0]] }],
    ['three activities', { activities: [...TYPES] }],
    ['one activity with one outcome', { activities: [TYPES[0]], outcomes: ['failure'] }],
    ['one outcome', { outcomes: ['success'] }],
    ['one order', { orderReferences: ['ORDER-0'] }],
    ['several orders', { orderReferences: ['ORDER-0', 'ORDER-1'] }],
    ['one order with one activity', { orderReferences: ['ORDER-0'], activities: [TYPES[0]] }],
    ['one subscription', { subscriptionReferences: ['SUB-1'] }],
    ['several subscriptions and users', { ...USERS(), subscriptionReferences: ['SUB-0', 'SUB-1'] }, true],
    ['a group', { activityGroups: ['Sessions'], groupActivities: TYPES.slice(1) }],
    ['all activities but two', { excludedActivities: [TYPES[0], 'report.built'] }],
    ['all users but one', { excludedUserIds: [ann.user.id] }],
    ['an address', ADDRESS],
    ['an address of one user', { ...ADDRESS, userIds: [ann.user.id] }],
    ['an address of several users', { ...ADDRESS, ...USERS() }, true],
    ['an address of three activities', { ...ADDRESS, activities: [...TYPES] }, true],
    ['an address of one outcome', { ...ADDRESS, outcomes: ['success'] }],
    ['an email address', { userEmails: [ann.user.email!] }],
    ['a request', { requestIds: ['REQUEST'] }],
    ['a sender', { senders: ['CRM connector'] }],
    ['amounts', { amounts: { currency: 'EUR', from: 100, to: 200 } }],
    ['a text', { text: 'DASH' }],
    ['a text of one order', { text: 'DASH', orderReferences: ['ORDER-1'] }],
  ];
  const USERS = () => ({ userIds: [ann.user.id, manager.user.id] });

  const common = () => ({
    accountId: manager.user.account.id,
    ...NO_CONDITIONS,
    interval: { from: Date.now() - 86_400_000, to: Date.now() },
    timeZone: 'UTC',
    codes: ACTIVITY_TYPES,
  });

  /** Reads a page, and returns it with the queries that it needed. */
  const observedPage = async (filter: Partial<ActivityFilter>, limit: number) => {
    const catalogue = await service.app.get(ActivityCatalogue).load(manager.user.account.id);
    const query = jest.spyOn(service.readSource, 'query');
    const whole = { ...common(), order: 'desc' as const, ...filter };
    const page = await service.app.get(ActivityReader).readPage(whole, catalogue, limit);
    const queries = query.mock.calls.map(([sql, values]) => ({ sql, values: values as string[] }));
    query.mockRestore();
    return { page, queries };
  };

  it.each(['desc', 'asc'] as const)(
    'scan no table and sort nothing in vain, in exports: %s',
    async (order) => {
      for (const [, filter, sortsWindow = false] of filters()) {
        const { connection, queries } = observeConnection(service);
        let position: ReadPosition | undefined = {};
        while (position)
          ({ next: position } = await readBatch(connection, { ...common(), ...filter, order }, position));
        expect(queries.length).toBeGreaterThan(1);
        for (const query of queries) await check(query, sortsWindow);
      }
    },
    360_000,
  );

  it.each<[reads: boolean, options: WritingOptions]>([
    [false, { format: 'csv' }],
    [false, { format: 'csv', columns: ['id', 'details'] }],
    [false, { format: 'xlsx' }],
    [true, { format: 'csv', columns: ['recordedAt'] }],
    [true, { format: 'xlsx', columns: ['date', 'recordedAt'] }],
    [true, { format: 'ndjson' }],
  ])('read the ledger only for exports that show it, once for a batch: %s for %j', async (reads, options) => {
    const { connection, queries } = observeConnection(service);
    const batches = new ExportBatches(connection);
    const filter = { ...common(), order: 'desc' as const, moreColumns: moreColumnsOf(options) };
    const request = { ...options, id: 1, filter, labels: {} };
    let batch = await batches.write(request, undefined, false);
    let count = 1;
    for (; batch.next; count++) batch = await batches.write(request, batch.next, false);
    const ofLedger = queries.filter(({ sql }) => sql.includes('audit_ledger'));
    expect(ofLedger).toHaveLength(reads ? count : 0);
    expect(queries).toHaveLength(reads ? 2 * count : count);
    for (const query of queries) await check(query, false);
  });

  it.each([50, 1000])(
    'scan no table and sort nothing in vain, on pages of %d rows',
    async (limit) => {
      for (const order of ['desc', 'asc'] as const) {
        for (const [, filter, sortsWindow = false] of filters()) {
          const { page, queries } = await observedPage({ ...filter, order }, limit);
          expect(page.rows).toHaveLength(limit);
          expect(page.next).toBe(page.rows.at(-1)?.id);
          for (const one of queries) await check(one, sortsWindow);
        }
      }
    },
    360_000,
  );

  it.each(['desc', 'asc'] as const)("look up a user's rare activities by their type: %s", async (order) => {
    const { queries } = await observedPage({ userIds: [ann.user.id], activities: ['role.deleted'], order }, 50);
    const accesses = await Promise.all(queries.map(explain));
    expect(accesses).toHaveLength(2);
    for (const access of accesses) expect(access).toMatchObject([{ isLookUp: true, index: 'activities_by_activity' }]);
  });

  it.each<ColumnGrouping[]>([[], ['user', 'activity'], ['outcome']])(
    'scan no table and sort nothing in vain, in summaries: %s %s',
    async (...groupings) => {
      const hour = 3_600_000;
      const end = Date.now();
      const parts = [3, 2, 1].map((ago) => ({ from: end - ago * hour, to: end - (ago - 1) * hour }));
      for (const [, filter] of filters()) {
        const { connection, queries } = observeConnection(service);
        for (const isByRow of [false, true]) {
          const method = { ...FIRST_METHOD, isByRow };
          const { codes, ...conditions } = common();
          const whole = { ...conditions, ...filter, order: 'asc' as const };
          await countSlice(connection, { filter: whole, codes, groupings, parts, method });
        }
        expect(queries.length).toBeGreaterThan(1);
        for (const query of queries) await check(query, false);
      }
    },
    360_000,
  );

  it('have no more values than SQLite allows, in a summary of many days with a large filter', async () => {
    const end = Date.now();
    const length = 100_000;
    const parts = Array.from({ length: 100 }, (_, part) => ({
      from: end - (100 - part) * length,
      to: end - (99 - part) * length,
    }));
    const numbers = Array.from({ length: 100 }, (_, number) => number);
    const { codes, ...conditions } = common();
    const filter = {
      ...conditions,
      orderReferences: numbers.map((number) => `ORDER-${number}`),
      subscriptionReferences: numbers.map((number) => `SUB-${number}`),
      order: 'asc' as const,
    };
    const { connection, queries } = observeConnection(service);
    const groupings: ColumnGrouping[] = ['user', 'outcome'];
    const { groups } = await countSlice(connection, { filter, codes, groupings, parts, method: FIRST_METHOD });
    expect([...new CountedGroups(groups)].reduce((sum, { count }) => sum + count, 0)).toBe(ROWS);
    for (const { values } of queries) expect(values.length).toBeLessThanOrEqual(32_766);
  });
});
