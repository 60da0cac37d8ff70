import { setTimeout } from 'node:timers/promises';
import { Sequencer } from '../../../src/audit/ledger/sequencer';
import { Config } from '../../../src/config/config';
import { OpenStream, readFeed, type FollowedRow } from '../../support/feed';
import { batchOf } from '../../support/ingestion';
import { untilSequenced } from '../../support/ledger';
import { Person } from '../../support/person';
import { ServiceProcess } from '../../support/process';
import { scaled } from '../../support/scale';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';

const KILLS = scaled(10, 3);
/** Requests that a process handles before it is killed. */
const REQUESTS = 100;
const WRITERS = 8;

/** A follower that stores what it receives, together with the cursor to go on with. */
interface Follower {
  readonly rows: FollowedRow[];
  cursor?: string;
  /** Follows a process until it is killed. */
  readonly follow: (person: Person) => Promise<void>;
}

describe('who follows the feed of processes that are killed', () => {
  const service = useService();
  const manager = useManager(service);
  let powerless: Person;

  /** Starts a process, and waits until it is ready. */
  async function start(): Promise<ServiceProcess> {
    const { DATABASE_URL } = service.app.get(Config);
    const running = await ServiceProcess.start({ DATABASE_URL, SCHEDULE_JOBS: 'false' });
    while (!(await fetch(`${running.url}/health/ready`)).ok) await setTimeout(20);
    return running;
  }

  /** Writes records in every way, and notes the ids of the handled requests. Throws when the process is killed. */
  async function write({ url }: ServiceProcess, prefix: string, handled: string[]): Promise<void> {
    for (let number = 0; ; number++) {
      const id = `${prefix}-${number}`;
      const [path, body, token = manager.token] = requestOf(id, number);
      const headers = { authorization: `Bearer ${token!}`, 'content-type': 'application/json', 'x-request-id': id };
      const response = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) });
      await response.text();
      if (response.status < 500) handled.push(id);
    }
  }

  /** Returns an action, a failure after a rollback, a batch with an old date, a denied attempt or a page view. */
  function requestOf(id: string, number: number): [path: string, body: object, token?: string] {
    const late = { occurredAt: new Date(Date.now() - number * 86_400_000).toISOString() };
    switch (number % 5) {
      case 0:
        return ['/v1/roles', { name: id, privileges: [] }];
      case 1:
        return ['/v1/roles', { name: 'taken', privileges: [] }];
      case 2:
        return ['/v1/activities', { records: batchOf(5, id, late) }];
      case 3:
        return ['/v1/roles', { name: id, privileges: [] }, powerless.token!];
      default:
        return ['/v1/page-views', { page: '/killed' }];
    }
  }

  function poller(limit: number): Follower {
    const follower: Follower = {
      rows: [],
      follow: async (person) => {
        for (;;) {
          const position = follower.cursor === undefined ? {} : { after: follower.cursor };
          const { data, nextCursor } = await readFeed(person, { limit, wait: 1, ...position });
          follower.rows.push(...data);
          follower.cursor = nextCursor;
        }
      },
    };
    return follower;
  }

  function streamer(): Follower {
    const follower: Follower = {
      rows: [],
      follow: async (person) => {
        const last = follower.cursor === undefined ? {} : { 'last-event-id': follower.cursor };
        const stream = await OpenStream.open(person, {}, last);
        for (let event = await stream.next(); event; event = await stream.next()) {
          if (event.event === 'activity') follower.rows.push(event.data!);
          if (event.id !== undefined) follower.cursor = event.id;
        }
      },
    };
    return follower;
  }

  /** Reads what a follower has not received yet. */
  async function readRest({ rows, cursor }: Follower): Promise<readonly FollowedRow[]> {
    let after = cursor === undefined ? {} : { after: cursor };
    for (;;) {
      const { data, nextCursor, hasMore } = await readFeed(manager, { limit: 1000, ...after });
      rows.push(...data);
      after = { after: nextCursor };
      if (!hasMore) return rows;
    }
  }

  it('gets every record exactly once, in the order of the ledger', async () => {
    powerless = await service.newUser(manager, 'powerless@one.example', 'Powerless');
    await manager.post('/v1/roles', { name: 'taken', privileges: [] }).expect(201);
    const followers = [poller(3), poller(1000), streamer()];
    const handled: string[] = [];
    for (let kill = 0; kill < KILLS; kill++) {
      const running = await start();
      const person = new Person(running.url, manager.token, manager.user);
      const before = handled.length;
      const work = Promise.allSettled([
        ...Array.from({ length: WRITERS }, (_, writer) => write(running, `kill-${kill}-writer-${writer}`, handled)),
        ...followers.map(({ follow }) => follow(person)),
      ]);
      while (handled.length - before < REQUESTS) await setTimeout(5);
      await running.kill();
      await work;
    }
    await service.app.get(Sequencer).sequenceAll();
    await untilSequenced(service);
    await readFeed(manager);
    await untilSequenced(service);
    const records = await service.writeSource.query<{ id: string; requestId: string | null }[]>(
      'SELECT id, request_id AS requestId FROM activities WHERE account_id = ?',
      [manager.user.account.id],
    );
    const recorded = new Set(records.map(({ requestId }) => requestId));
    expect(handled.filter((id) => !recorded.has(id))).toEqual([]);
    const ids = records.map(({ id }) => id).sort();
    for (const follower of followers) {
      expect(follower.rows.length).toBeGreaterThan(0);
      const rows = await readRest(follower);
      expect(rows.map(({ sequence }) => sequence)).toEqual(rows.map((_, place) => place + 1));
      expect(rows.map(({ id }) => id).sort()).toEqual(ids);
    }
  }, 900_000);
});
