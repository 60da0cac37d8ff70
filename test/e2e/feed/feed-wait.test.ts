import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { LedgerWatch } from '../../../src/feed/ledger-watch';
import { FeedFollower, nextFollower, readFeed } from '../../support/feed';
import type { Person } from '../../support/person';
import { recordFor } from '../../support/records';
import { useManager } from '../../support/use-people';
import { useServices } from '../../support/use-service';

describe('a poll that waits', () => {
  const services = useServices({ DATABASE_POOL_SIZE: '3' });
  const [service] = services;
  const manager = useManager(service);
  afterEach(() => jest.restoreAllMocks());

  const record = async (fields: Partial<Parameters<typeof recordFor>[2][number]> = {}) => {
    const comment = randomUUID();
    const { fields: more, ...rest } = fields;
    await recordFor(service, manager, [{ at: new Date(), ...rest, fields: { ...more, comment } }]);
    return comment;
  };
  /** Returns a follower who has read everything, also the record of their own reading. */
  const caughtUp = async (person: Person = manager, query = {}) => {
    const follower = new FeedFollower(person, { limit: 1000, ...query });
    await follower.until(({ activity }) => activity.code === 'activity_feed.read');
    return follower;
  };

  it('is answered as soon as a record arrives, in every process', async () => {
    for (const { url } of services) {
      const person = Object.assign(Object.create(manager) as Person, { url });
      const follower = await caughtUp(person);
      const held = follower.next({ wait: 30 });
      const comment = await record();
      expect((await held).data.map((row) => row.comment)).toEqual([comment]);
    }
  });

  it('is answered without rows when the time is over, with a cursor past what did not match', async () => {
    const follower = new FeedFollower(manager, { orderReference: 'C-3' });
    await follower.next({ limit: 1000 });
    const before = follower.cursor;
    const held = follower.next({ wait: 1 });
    await record({ fields: { orderReference: 'another' } });
    expect(await held).toMatchObject({ data: [] });
    expect(follower.cursor).not.toBe(before);
    const comment = await record({ fields: { orderReference: 'C-3' } });
    expect((await follower.next({ wait: 30 })).data).toMatchObject([{ comment }]);
  });

  it('does not wait if there is something', async () => {
    await caughtUp();
    const { data } = await readFeed(manager, { start: 'beginning', wait: 30, limit: 1 });
    expect(data).toHaveLength(1);
  });

  it('holds no connection to the database while it waits, and one look serves all polls', async () => {
    const follower = await caughtUp();
    const watch = service.app.get(LedgerWatch);
    const readHeads = watch.readHeads.bind(watch);
    const looks: (readonly string[])[] = [];
    const looked = new Promise<void>((resolve) => {
      jest.spyOn(watch, 'readHeads').mockImplementation((accounts) => {
        if (looks.push(accounts) === 3) resolve();
        return readHeads(accounts);
      });
    });
    const polls = Array.from({ length: 20 }, () => readFeed(manager, { after: follower.cursor!, wait: 30 }));
    const answered = Promise.all(polls);
    // More requests than the pool has connections are answered meanwhile.
    for (let count = 0; count < 10; count++) await manager.get('/v1/auth/me').expect(200);
    await looked;
    const comment = await record();
    for (const { data } of await answered) expect(data.map((row) => row.comment)).toEqual([comment]);
    for (const accounts of looks) expect(accounts).toEqual([manager.user.account.id]);
  });

  it('ends when the client leaves', async () => {
    const follower = await caughtUp();
    const begun = nextFollower(service);
    const leaving = new AbortController();
    const url = `${service.url}/v1/activities?wait=30&after=${follower.cursor}`;
    const headers = { authorization: `Bearer ${manager.token}` };
    const poll = fetch(url, { headers, signal: leaving.signal }).catch(() => 'left');
    const waiting = await begun;
    leaving.abort();
    expect(await poll).toBe('left');
    if (!waiting.ended.aborted) await once(waiting.ended, 'abort');
    expect(waiting.endReason).toBe('client left');
  });
});
