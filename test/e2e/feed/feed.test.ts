import { randomUUID } from 'node:crypto';
import { FEED, FeedFollower, readFeed, type FollowedRow } from '../../support/feed';
import { showTimes, type Person, type Query } from '../../support/person';
import { recordFor } from '../../support/records';
import { useManager, useUser } from '../../support/use-people';
import { useService } from '../../support/use-service';

const DAY = 24 * 60 * 60_000;

describe('the activity feed', () => {
  const service = useService();
  const manager = useManager(service);
  const follower = useUser(service, manager, 'follower@one.example', 'Follower', ['activity_feed', 'users_activity']);
  let seen: FeedFollower;

  beforeEach(() => {
    seen = new FeedFollower(follower);
  });

  /** Records a page view with a comment of its own, which it returns. */
  const record = async (fields: Partial<Parameters<typeof recordFor>[2][number]> = {}, person: Person = manager) => {
    const comment = randomUUID();
    const { fields: more, ...rest } = fields;
    await recordFor(service, person, [{ at: new Date(), ...rest, fields: { ...more, comment } }]);
    return comment;
  };
  const has = (comment: string) => (row: FollowedRow) => row.comment === comment;

  it('has every record once, in the order of recording, with gap-free places', async () => {
    const comments: string[] = [];
    for (let count = 0; count < 5; count++) comments.push(await record());
    const rows = await seen.until(has(comments.at(-1)!));
    expect(rows.map(({ sequence }) => sequence)).toEqual(rows.map((_, place) => place + 1));
    expect(rows.filter(({ comment }) => comments.includes(comment!)).map(({ comment }) => comment)).toEqual(comments);
    const times = rows.map(({ recordedAt }) => Date.parse(recordedAt));
    expect(times).toEqual([...times].sort((a, b) => a - b));
    const report = await manager.walk({ from: '2000-01-01', limit: 1000 });
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
    expect(report.map(({ id }) => id)).toEqual(expect.arrayContaining(rows.map(({ id }) => id)));
  });

  it('shows the rows of the report, with their places and times', async () => {
    const comment = await record({ fields: { orderReference: 'A-1', amount: 12_345, currency: 'EUR' } });
    const row = (await seen.until(has(comment))).find(has(comment))!;
    const rows = await manager.report({ from: '2000-01-01', userId: manager.user.id });
    const [reported] = showTimes(rows.filter(({ id }) => id === row.id));
    expect(row).toEqual({ ...reported, sequence: row.sequence });
    expect(row.recordedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0[23]:00$/);
  });

  it('shows a record that arrives late to those who follow it, and not where it happened', async () => {
    const first = await record();
    await seen.until(has(first));
    const sender = await service.newUser(manager, 'sender@one.example', 'Sender', ['activities_write']);
    const key = randomUUID();
    const late = { key, occurredAt: new Date(Date.now() - 20 * DAY).toISOString(), activity: 'user.login' };
    const records = [{ ...late, user: { id: manager.user.id }, comment: key }];
    await sender.post(FEED, { records }).expect(200);
    const row = (await seen.until(has(key))).find(has(key))!;
    expect(Date.parse(row.occurredAt)).toBeLessThan(Date.now() - 19 * DAY);
    expect(Date.parse(row.recordedAt)).toBeGreaterThan(Date.now() - DAY);
    expect(row.sequence).toBeGreaterThan(seen.rows.find(has(first))!.sequence);
  });

  it.each([1, 2, 7, 1000])('comes in pages of at most %d, each with a cursor, also the last one', async (limit) => {
    const last = await record();
    const whole = await new FeedFollower(follower).until(has(last));
    const paged = new FeedFollower(follower, { limit });
    for (let page = await paged.next(); page.hasMore; page = await paged.next()) {
      expect(page.data.length).toBe(limit);
    }
    expect(paged.rows.slice(0, whole.length)).toEqual(whole);
    const end = await readFeed(follower, { after: paged.cursor! });
    expect(end).toMatchObject({ hasMore: false, nextCursor: expect.any(String) as string });
  });

  it('links each page to the next one', async () => {
    const last = await record();
    const whole = await seen.until(has(last));
    const followed: FollowedRow[] = [];
    let answer = await follower.get(FEED, { start: 'beginning', limit: 3 }).expect(200);
    while (!followed.some(has(last))) {
      followed.push(...answer.body.data);
      const [, next] = /^<(.+)>; rel="next"$/.exec(answer.headers.link!)!;
      expect(new URL(next!, service.url).searchParams.get('after')).toBe(answer.body.nextCursor);
      answer = await follower.get(next!).expect(200);
    }
    expect(followed).toEqual(whole);
  });

  it('can start now', async () => {
    await seen.until(has(await record()));
    const later = new FeedFollower(follower, {}, { start: 'now' });
    const { data } = await later.next();
    expect(data).toEqual([]);
    const comment = await record();
    const [row, ...others] = (await later.until(has(comment))).filter(({ user }) => user.id === manager.user.id);
    expect([row!.comment, others]).toEqual([comment, []]);
  });

  it('can start with what was recorded since a time', async () => {
    for (let count = 0; count < 3; count++) await seen.until(has(await record()));
    for (const { recordedAt } of seen.rows) {
      const since = await new FeedFollower(follower, {}, { recordedSince: recordedAt }).next({ limit: 1000 });
      const expected = seen.rows.filter((row) => Date.parse(row.recordedAt) >= Date.parse(recordedAt));
      expect(since.data.slice(0, expected.length)).toEqual(expected);
    }
    const early = await new FeedFollower(follower, {}, { recordedSince: '2001-01-01T00:00:00Z' }).next({ limit: 1000 });
    expect(early.data.slice(0, seen.rows.length)).toEqual(seen.rows);
    const future = await new FeedFollower(follower, {}, { recordedSince: '2999-01-01T00:00:00Z' }).next();
    expect(future).toMatchObject({ data: [], hasMore: false });
  });

  it('shows times in the time zone that is asked for, with the same cursor', async () => {
    const comment = await record();
    await seen.until(has(comment));
    const { data, nextCursor } = await readFeed(follower, { timeZone: 'Asia/Tokyo', limit: 1 });
    expect(data[0]!.recordedAt).toMatch(/\+09:00$/);
    expect(Date.parse(data[0]!.recordedAt)).toBe(Date.parse(seen.rows[0]!.recordedAt));
    const next = await readFeed(follower, { after: nextCursor, timeZone: 'America/New_York' });
    expect(next.data[0]!.sequence).toBe(2);
  });

  it('says through when it is settled: nothing arrives with an earlier or equal time', async () => {
    const settled: number[] = [];
    for (let count = 0; count < 10; count++) {
      await Promise.all([record(), record()]);
      const page = await seen.next({ limit: 1000 });
      const already = settled.at(-1);
      for (const { recordedAt } of page.data) expect(Date.parse(recordedAt)).toBeGreaterThan(already ?? 0);
      if (page.settledThrough !== null) settled.push(Date.parse(page.settledThrough));
      expect(page).toMatchObject({ hasMore: false, isComplete: true });
    }
    expect(settled).toEqual([...settled].sort((a, b) => a - b));
    const { recordedAt } = (await seen.until(has(await record()))).at(-1)!;
    expect(Date.parse((await seen.next()).settledThrough!)).toBeGreaterThanOrEqual(Date.parse(recordedAt));
  });

  it.each<[string, (row: FollowedRow) => boolean, () => Query]>([
    ['a user', ({ user }) => user.id === manager.user.id, () => ({ userId: manager.user.id })],
    ['activities', ({ activity }) => activity.code !== 'page.accessed', () => ({ excludeActivity: 'page.accessed' })],
    ['an outcome', ({ outcome }) => outcome === 'denied', () => ({ outcome: 'denied' })],
    ['an order', ({ orderReference }) => orderReference === 'B-2', () => ({ orderReference: 'B-2' })],
    ['a text', ({ comment }) => /^stra(ß|ẞ)e/i.test(comment ?? ''), () => ({ q: 'STRAßE' })],
  ])('filters by %s, and its cursor moves past what does not match', async (_, matches, query) => {
    const texts = ['Straße', 'Weg', 'STRAẞE'];
    for (const comment of texts) {
      await recordFor(service, manager, [
        { at: new Date(), outcome: 'denied', fields: { comment, orderReference: 'B-2' } },
        { at: new Date(), fields: { comment } },
        { at: new Date(), type: 'user.login', fields: { comment: `${comment} again` } },
      ]);
    }
    const last = await record();
    const whole = await seen.until(has(last));
    const filtered = new FeedFollower(follower, { ...query(), limit: 2 });
    const page = await filtered.next();
    expect(page.data.length).toBeLessThanOrEqual(2);
    for (let next = page; next.hasMore;) next = await filtered.next();
    const known = new Set(whole.map(({ id }) => id));
    expect(filtered.rows.filter(({ id }) => known.has(id))).toEqual(whole.filter(matches));
  });

  it('looks at a bounded number of records for a page that few match', async () => {
    const none = { orderReference: 'none-at-all', start: 'beginning' };
    const views = Array.from({ length: 1000 }, () => ({ at: new Date() }));
    for (let batch = 0; batch < 6; batch++) await recordFor(service, manager, views);
    const last = await record();
    await new FeedFollower(follower, { limit: 1000 }).until(has(last));
    const first = await readFeed(follower, none);
    expect(first).toMatchObject({ data: [], hasMore: true });
    const second = await readFeed(follower, { orderReference: 'none-at-all', after: first.nextCursor });
    expect(second).toMatchObject({ data: [], hasMore: false });
  }, 180_000);

  it('shows nothing of another account', async () => {
    const other = await service.newManager('manager@two.example');
    const comment = await record({}, other);
    const rows = await new FeedFollower(other).until(has(comment));
    expect(rows.map(({ sequence }) => sequence)).toEqual(rows.map((_, place) => place + 1));
    const own = new FeedFollower(follower, { limit: 1000 });
    await own.until(has(await record()));
    expect(own.rows.some(has(comment))).toBe(false);
  });
});
