import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { FeedFollower, OpenStream, type FollowedRow } from '../../support/feed';
import { batchOf, ingest } from '../../support/ingestion';
import { Person } from '../../support/person';
import { scaled } from '../../support/scale';
import { useManager } from '../../support/use-people';
import { useServices } from '../../support/use-service';

/** How many rounds each writer writes. */
const ROUNDS = scaled(40, 15);

describe('who follows the feed while several processes write', () => {
  const services = useServices();
  const [service] = services;
  const manager = useManager(service);
  let people: Person[];

  beforeAll(() => {
    people = services.map(({ url }) => new Person(url, manager.token, manager.user));
  });

  /** Writes records in every way: actions, page views, batches with old dates, failures and denials. */
  async function write(person: Person, powerless: Person): Promise<void> {
    for (let round = 0; round < ROUNDS; round++) {
      const key = randomUUID();
      await Promise.all([
        person.post('/v1/roles', { name: key, privileges: [] }).expect(201),
        person.post('/v1/page-views', { page: `/orders/${round}` }).expect(201),
        ingest(person, batchOf(5, key, { occurredAt: new Date(Date.now() - round * 86_400_000).toISOString() })).expect(
          200,
        ),
        person.post('/v1/roles', { name: 'taken', privileges: [] }),
        powerless.get('/v1/roles').expect(403),
      ]);
    }
  }

  /** Polls until the signal, and forgets from time to time all but the cursor and the rows that it has stored. */
  async function poll(person: Person, limit: number, stop: AbortSignal): Promise<readonly FollowedRow[]> {
    const stored: FollowedRow[] = [];
    let cursor: string | undefined;
    for (let page = 0; ; page++) {
      const follower = new FeedFollower(person, { limit });
      follower.cursor = cursor;
      const isOver = stop.aborted;
      const { data, nextCursor, hasMore } = await follower.next({ wait: isOver ? 0 : 1 });
      // Every third page is lost before it is stored, so it is read again.
      if (page % 3 === 2) continue;
      stored.push(...data);
      cursor = nextCursor;
      if (isOver && !hasMore) return stored;
    }
  }

  /** Streams until the signal, and is cut off after every few events. */
  async function stream(person: Person, stop: AbortSignal): Promise<readonly FollowedRow[]> {
    const stored: FollowedRow[] = [];
    let last: Record<string, string> = {};
    for (;;) {
      const isOver = stop.aborted;
      const opened = await OpenStream.open(person, { timeoutSeconds: isOver ? 0 : 1 }, last);
      let left = isOver ? Infinity : 20;
      for (let event = await opened.next(); event && left > 0; event = await opened.next(), left--) {
        if (event.id !== undefined) last = { 'last-event-id': event.id };
        if (event.event === 'activity') stored.push(event.data!);
      }
      opened.close();
      if (isOver && opened.isComplete) return stored;
    }
  }

  /** Waits until all records have their places, and returns their ids. */
  async function allPlaced(): Promise<string[]> {
    const account = [manager.user.account.id];
    for (;;) {
      const records = await service.writeSource.query<{ id: string }[]>(
        'SELECT id FROM activities WHERE account_id = ?',
        account,
      );
      const [head] = await service.writeSource.query<{ sequence: number | string }[]>(
        'SELECT sequence FROM audit_ledger_heads WHERE account_id = ?',
        account,
      );
      if (Number(head?.sequence) >= records.length) return records.map(({ id }) => id);
      await setTimeout(20);
    }
  }

  it('gets every record exactly once, in the order of the ledger', async () => {
    const powerless = await service.newUser(manager, 'powerless@one.example', 'Powerless');
    await manager.post('/v1/roles', { name: 'taken', privileges: [] }).expect(201);
    const stop = new AbortController();
    const [first, second = first] = people as [Person, ...Person[]];
    const followers = Promise.all([
      poll(first, 1, stop.signal),
      poll(second, 7, stop.signal),
      poll(first, 1000, stop.signal),
      stream(second, stop.signal),
    ]);
    await Promise.all([first, second, first, second].map((person) => write(person, powerless)));
    const written = await allPlaced();
    stop.abort();
    for (const rows of await followers) {
      expect(rows.map(({ sequence }) => sequence)).toEqual(rows.map((_, place) => place + 1));
      const seen = new Set(rows.map(({ id }) => id));
      expect(seen.size).toBe(rows.length);
      expect(written.filter((id) => !seen.has(id))).toEqual([]);
      expect(written.length).toBeGreaterThan(4 * ROUNDS * 8);
    }
  }, 900_000);
});
