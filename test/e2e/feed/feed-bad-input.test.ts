import { FEED, FeedFollower, forge, OpenStream, readFeed, STREAM } from '../../support/feed';
import type { Query } from '../../support/person';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';

describe('bad requests to the activity feed', () => {
  const service = useService();
  const manager = useManager(service);
  const other = useManager(service, 'manager@two.example');
  let cursor: string;
  let foreign: string;
  let filtered: string;

  beforeAll(async () => {
    const follower = new FeedFollower(manager);
    await follower.until(({ activity }) => activity.code === 'activity_feed.read');
    cursor = follower.cursor!;
    foreign = (await readFeed(other)).nextCursor;
    filtered = (await readFeed(manager, { outcome: 'denied' })).nextCursor;
  });

  it.each<[string, () => Query, string, string]>([
    ['a cursor of another account', () => ({ after: foreign }), 'cursor_of_another_account', 'after'],
    ['a cursor of another filter', () => ({ after: filtered }), 'cursor_of_another_filter', 'after'],
    ['a filter of another cursor', () => ({ after: cursor, outcome: 'denied' }), 'cursor_of_another_filter', 'after'],
    ['a cursor that was shortened', () => ({ after: cursor.slice(0, -1) }), 'cursor_invalid', 'after'],
    ['a cursor that was changed', () => ({ after: cursor.replace(/^./, 'x') }), 'cursor_invalid', 'after'],
    ['a cursor of a page of the report', () => ({ after: 'e30.e30' }), 'cursor_invalid', 'after'],
    ['an empty cursor', () => ({ after: '' }), 'cursor_invalid', 'after'],
    ['a negative place', () => ({ after: forge(cursor, { sequence: -1 }) }), 'cursor_invalid', 'after'],
    ['a place that is no number', () => ({ after: forge(cursor, { sequence: '1' }) }), 'cursor_invalid', 'after'],
    ['a forged account', () => ({ after: forge(cursor, { account: 7 }) }), 'cursor_invalid', 'after'],
    ['a place that was not reached', () => ({ after: forge(cursor, { sequence: 1e9 }) }), 'cursor_ahead', 'after'],
    ['a cursor that is too long', () => ({ after: 'x'.repeat(1001) }), 'length_out_of_range', 'after'],
    ['a cursor and a start', () => ({ after: cursor, start: 'now' }), 'start_ambiguous', 'start'],
    [
      'a cursor and a time',
      () => ({ after: cursor, recordedSince: '2026-03-01T00:00:00Z' }),
      'start_ambiguous',
      'recordedSince',
    ],
    [
      'a start and a time',
      () => ({ start: 'beginning', recordedSince: '2026-03-01T00:00:00Z' }),
      'start_ambiguous',
      'recordedSince',
    ],
    ['an unknown start', () => ({ start: 'end' }), 'value_unknown', 'start'],
    ['a time without an offset', () => ({ recordedSince: '2026-03-01T00:00:00' }), 'date_invalid', 'recordedSince'],
    ['an interval', () => ({ interval: 'today' }), 'field_unknown', 'interval'],
    ['an unknown group', () => ({ activityGroup: 'Elsewhere' }), 'activity_group_unknown', 'activityGroup'],
    ['amounts without a currency', () => ({ amountFrom: '1' }), 'required', 'currency'],
    [
      'a reversed range of amounts',
      () => ({ currency: 'USD', amountFrom: '2', amountTo: '1' }),
      'amount_range_reversed',
      'amountFrom',
    ],
    ['an order', () => ({ order: 'asc' }), 'field_unknown', 'order'],
    ['a cursor of a list', () => ({ cursor }), 'field_unknown', 'cursor'],
    ['an unknown activity type', () => ({ activity: 'refund.cancelled' }), 'activity_unknown', 'activity'],
  ])('name the field and a code: %s', async (_, query, code, field) => {
    for (const path of [FEED, STREAM]) {
      const { body, status } = await manager.get(path, query());
      expect([status, body.code, body.errors?.[0]?.field]).toEqual([400, code, field]);
    }
  });

  it('name the field and a code: a user who is not of the account', async () => {
    for (const path of [FEED, STREAM]) {
      const { body, status } = await manager.get(path, { userId: other.user.id });
      expect([status, body.code, body.errors?.[0]?.field]).toEqual([404, 'user_not_found', 'userId']);
    }
  });

  it.each<[string, Query, string, string]>([
    [FEED, { wait: 31 }, 'out_of_range', 'wait'],
    [FEED, { wait: -1 }, 'out_of_range', 'wait'],
    [FEED, { wait: '1.5' }, 'not_a_whole_number', 'wait'],
    [FEED, { limit: 0 }, 'out_of_range', 'limit'],
    [FEED, { limit: 1001 }, 'out_of_range', 'limit'],
    [FEED, { timeoutSeconds: 1 }, 'field_unknown', 'timeoutSeconds'],
    [STREAM, { wait: 1 }, 'field_unknown', 'wait'],
    [STREAM, { limit: 1 }, 'field_unknown', 'limit'],
    [STREAM, { timeoutSeconds: -1 }, 'out_of_range', 'timeoutSeconds'],
  ])('name the field and a code: %s %j', async (path, query, code, field) => {
    const { body, status } = await manager.get(path, query);
    expect([status, body.code, body.errors?.[0]?.field]).toEqual([400, code, field]);
  });

  it('name the header with the last id of a stream', async () => {
    for (const [id, code] of [
      ['x', 'cursor_invalid'],
      [foreign, 'cursor_of_another_account'],
      [filtered, 'cursor_of_another_filter'],
      [forge(cursor, { sequence: 1e9 }), 'cursor_ahead'],
    ] as const) {
      const { body } = await manager.get(STREAM).set('last-event-id', id).expect(400);
      expect([body.code, body.errors[0].field]).toEqual([code, 'Last-Event-ID']);
    }
    const stream = await OpenStream.open(manager, { timeoutSeconds: 0 }, { 'last-event-id': '' });
    expect(await stream.rest()).toContainEqual(expect.objectContaining({ event: 'activity' }));
  });
});
