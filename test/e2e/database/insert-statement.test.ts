import fc from 'fast-check';
import { Activity } from '../../../src/audit/recording/activity.entity';
import { InsertStatement, rowsOfStatement } from '../../../src/database/insert-statement';
import { useService } from '../../support/use-service';

const ACCOUNT = { typeorm: 'T'.repeat(26), prepared: 'P'.repeat(26) };

/** Texts that a wrong conversion would change: quotes, backslashes, placeholders, emoji, texts that look like numbers. */
const text = (length: number) =>
  fc.oneof(
    fc.constantFrom('', 'null', '007', '?', "it's", '\\', '"', '%', '🧾', 'é', '2026-01-15 09:30:00'),
    fc
      .string({ unit: 'grapheme', maxLength: Math.floor(length / 2) })
      .filter((value) => Array.from(value).length <= length),
  );
const orNull = <Value>(values: fc.Arbitrary<Value>) => fc.option(values, { nil: null });

const anyRow: fc.Arbitrary<Omit<Activity, 'accountId' | 'id'>> = fc.record({
  occurredAt: fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }),
  userId: orNull(fc.constant('U'.repeat(26))),
  userName: text(200),
  userEmail: orNull(text(254)),
  activity: fc.constantFrom('order.placed', 'custom.crm.note_added'),
  outcome: fc.constantFrom('success', 'failure', 'denied'),
  subscriptionReference: orNull(text(64)),
  orderReference: orNull(text(64)),
  amount: orNull(fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 })),
  currency: orNull(fc.constantFrom('USD', 'JPY')),
  billingCycles: orNull(fc.integer({ min: 1, max: 1200 })),
  comment: orNull(text(2000)),
  page: orNull(text(200)),
  ipAddress: orNull(fc.ipV6()),
  userAgent: orNull(text(512)),
  requestId: orNull(text(64)),
  sentBy: orNull(text(200)),
  details: orNull(fc.dictionary(text(50), fc.oneof(text(50), fc.double({ noNaN: true }), fc.boolean()))),
});

describe('a prepared insert', () => {
  const service = useService();

  /** The stored rows of an account, as the database returns them. */
  const storedRows = async (accountId: string) => {
    const rows = await service.writeSource.query<{ account_id: string }[]>(
      'SELECT * FROM activities WHERE account_id = ? ORDER BY id',
      [accountId],
    );
    return rows.map(({ account_id: _, ...row }) => row);
  };

  it('stores what TypeORM stores, for any values and any number of rows', async () => {
    const { manager } = service.writeSource;
    const insert = InsertStatement.for(service.writeSource, Activity);
    await fc.assert(
      fc.asyncProperty(fc.array(anyRow, { minLength: 1, maxLength: 20 }), async (rows) => {
        const rowsOf = (accountId: string): Activity[] =>
          rows.map((row, place) => ({ ...row, accountId, id: String(place).padStart(26, '0') }));
        await manager.insert(Activity, rowsOf(ACCOUNT.typeorm));
        await insert.run(manager, rowsOf(ACCOUNT.prepared));
        const stored = await storedRows(ACCOUNT.prepared);
        expect(stored).toHaveLength(rows.length);
        expect(stored).toEqual(await storedRows(ACCOUNT.typeorm));
        await manager.query('DELETE FROM activities');
      }),
      { numRuns: 50 },
    );
  });

  it('has few statements, each of as many rows as possible', () => {
    const split = (count: number): number[] =>
      count === 0 ? [] : [rowsOfStatement(count), ...split(count - rowsOfStatement(count))];
    expect(split(1)).toEqual([1]);
    expect(split(7)).toEqual([4, 2, 1]);
    expect(split(199)).toEqual([128, 64, 4, 2, 1]);
    expect(split(1000)).toEqual([200, 200, 200, 200, 200]);
  });
});
