import type { Activity } from '../../src/audit/recording/activity.entity';
import { FreshRecords } from '../../src/audit/recording/fresh-records';

const ACCOUNT = '01J000000000000000000ACCT1';
const idOf = (place: number) => `01KF08ZB9X${String(place).padStart(16, '0')}`;
const record = (place: number, fields: Partial<Activity> = {}): Activity => ({
  accountId: ACCOUNT,
  id: idOf(place),
  occurredAt: new Date('2026-01-15T07:30:00.125Z'),
  userId: null,
  userName: 'John Doe',
  userEmail: null,
  activity: 'page.accessed',
  outcome: 'success',
  subscriptionReference: null,
  orderReference: null,
  amount: null,
  currency: null,
  billingCycles: null,
  comment: null,
  page: '/orders',
  ipAddress: null,
  userAgent: null,
  requestId: null,
  sentBy: null,
  details: null,
  ...fields,
});

describe('the fresh records', () => {
  const keep = (records: readonly Activity[]) => {
    const fresh = new FreshRecords();
    fresh.add(records);
    return (place: number) => fresh.take(ACCOUNT, idOf(place));
  };

  it('are returned once, with the details that the database would return', () => {
    const details = { reason: 'other', note: undefined, at: new Date('2026-01-15T07:30:00.125Z') };
    const take = keep([record(1, { details })]);
    expect(take(1)).toEqual(record(1, { details: { reason: 'other', at: '2026-01-15T07:30:00.125Z' } }));
    expect(take(1)).toBeUndefined();
  });

  it.each(['userName', 'userEmail', 'comment', 'page', 'userAgent', 'sentBy'])(
    'do not include one whose %s the databases store in another form',
    (column) => {
      const take = keep([record(1, { [column]: 'a \ud800 b' }), record(2, { [column]: 'a 😀 b' })]);
      expect(take(1)).toBeUndefined();
      expect(take(2)).toBeDefined();
    },
  );

  it.each([
    ['records', 6000, {}, 5000],
    ['characters of a column', 3000, { comment: 'c'.repeat(2000 - 'John Doe/orders'.length) }, 2000],
    ['characters of the details', 30, { details: { text: 'd'.repeat(1_000_000 - 26) } }, 4],
  ])('are the newest ones if there are too many %s', (_, count, fields, expected) => {
    const take = keep(Array.from({ length: count }, (__, place) => record(place, fields)));
    expect(take(count - expected)).toBeDefined();
    expect(take(count - expected - 1)).toBeUndefined();
    expect(take(count - 1)).toBeDefined();
  });

  it('make room again when they are taken', () => {
    const fresh = new FreshRecords();
    for (let place = 0; place < 10; place++) {
      fresh.add([record(place, { details: { text: 'd'.repeat(3_000_000) } })]);
      expect(fresh.take(ACCOUNT, idOf(place))).toBeDefined();
    }
  });

  it('count once if they are recorded again', () => {
    const fresh = new FreshRecords();
    for (let count = 0; count < 5; count++) fresh.add([record(1, { details: { text: 'd'.repeat(1_000_000) } })]);
    fresh.add([record(2)]);
    expect(fresh.take(ACCOUNT, idOf(1))).toBeDefined();
    expect(fresh.take(ACCOUNT, idOf(2))).toBeDefined();
  });
});
