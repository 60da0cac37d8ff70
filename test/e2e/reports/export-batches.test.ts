import { NO_CONDITIONS } from '../../../src/activities/filter/activity-filter';
import { ACTIVITY_TYPES, type ActivityType } from '../../../src/audit/catalogue/activity-type';
import { readBatch } from '../../../src/reports/users-activity/exports/batch-reader';
import type { ExportFilter, ReadPosition } from '../../../src/reports/users-activity/exports/read-position';
import { observeConnection } from '../../support/observed-connection';
import { recordFor } from '../../support/records';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';

const FREQUENT = 'page.accessed';
const RARE = 'user.login';
const ROWS = 12_000;
/** The newest activities, which are all of the frequent type. Among the others it is rare. */
const FREQUENT_ROWS = 1500;
const ROWS_AT_ONCE = 1000;

describe('the batches of an export', () => {
  const service = useService();
  const manager = useManager(service);

  beforeAll(async () => {
    const record = (start: number, typeOf: (index: number) => ActivityType) =>
      recordFor(
        service,
        manager,
        Array.from({ length: ROWS_AT_ONCE }, (_, index) => ({
          at: new Date(Date.now() - 60_000 - (start + index) * 1000),
          type: typeOf(index),
        })),
      );
    for (let start = 0; start < ROWS; start += ROWS_AT_ONCE)
      await record(start, (index) => (start + index < FREQUENT_ROWS || index % 250 === 0 ? FREQUENT : RARE));
  }, 360_000);

  /** Reads all batches, and returns their positions and how many rows they have. */
  const readAll = async (filter: Partial<ExportFilter>) => {
    const all: ExportFilter = {
      accountId: manager.user.account.id,
      ...NO_CONDITIONS,
      interval: { from: Date.now() - 86_400_000, to: Date.now() - 30_000 },
      timeZone: 'UTC',
      order: 'desc',
      codes: ACTIVITY_TYPES,
      ...filter,
    };
    const { connection, queries } = observeConnection(service);
    const scans: (number | undefined)[] = [];
    let rows = 0;
    let position: ReadPosition | undefined = {};
    while (position) {
      scans.push(position.scan);
      const batch = await readBatch(connection, all, position);
      rows += batch.rows.length;
      position = batch.next;
    }
    return { rows, scans, queries };
  };

  it('scan while many rows match, and read from the index where few do', async () => {
    const { rows, scans } = await readAll({ activities: [FREQUENT] });
    expect(rows).toBe(FREQUENT_ROWS + 42);
    expect(scans[0]).toBeUndefined();
    expect(scans[1]).toBeGreaterThan(0);
    expect(scans.at(-1)).toBeUndefined();
  });

  it('look for the end of a batch only once if nearly all rows match', async () => {
    const { rows, queries } = await readAll({ outcomes: ['success'] });
    expect(rows).toBe(ROWS);
    expect(queries.filter(({ sql }) => sql.includes('OFFSET'))).toHaveLength(1);
  });

  it('scan a bounded number of rows', async () => {
    const { scans } = await readAll({ activities: [FREQUENT], order: 'asc' });
    expect(scans[0]).toBeUndefined();
    for (const scan of scans) expect(scan ?? 0).toBeLessThanOrEqual(20_000);
  });

  it('scan for several outcomes of all types', async () => {
    const { rows, scans } = await readAll({ outcomes: ['success', 'denied'] });
    expect(rows).toBe(ROWS);
    expect(scans.slice(1).every((scan) => scan !== undefined)).toBe(true);
  });

  it('scan when there are too many types for index ranges, and find the rows of a rare one', async () => {
    const codes = [...ACTIVITY_TYPES, ...Array.from({ length: 500 }, (_, index) => `custom.type_${index}` as const)];
    const { rows, queries } = await readAll({ codes, outcomes: ['denied'] });
    expect(rows).toBe(0);
    expect(queries.length).toBeGreaterThan(2);
  });

  it('name one lower and one upper bound in every query, because SQLite would use only one of two', async () => {
    for (const order of ['asc', 'desc'] as const) {
      for (const activities of [[], [FREQUENT], [FREQUENT, RARE]] as const) {
        const { queries } = await readAll({ activities, order, upTo: '7ZZZZZZZZZZZZZZZZZZZZZZZZZ' });
        for (const { sql } of queries) {
          const [part = ''] = sql.split('UNION ALL');
          expect(part.match(/\bid [<>]=? \?/g)).toHaveLength(2);
        }
      }
    }
  });
});
