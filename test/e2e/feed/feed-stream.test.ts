import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { Config } from '../../../src/config/config';
import { EventStream, HEARTBEAT } from '../../../src/feed/event-stream';
import { Follower } from '../../../src/feed/follower';
import { Recorder } from '../../../src/audit/recording/recorder';
import { FeedFollower, nextFollower, OpenStream, readFeed, STREAM, type StreamEvent } from '../../support/feed';
import { recordFor } from '../../support/records';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';

const SETTINGS = { STREAMS_PER_ACCOUNT: '2', MAX_STREAMS: '3', STREAM_HEARTBEAT_SECONDS: '1' };

describe('a stream of the activity feed', () => {
  const service = useService(SETTINGS);
  const manager = useManager(service);
  const open: OpenStream[] = [];

  afterEach(async () => {
    jest.restoreAllMocks();
    for (const stream of open.splice(0)) {
      stream.close();
      await stream.rest();
    }
  });

  const stream = async (...[query, headers, person = manager]: [object?, Record<string, string>?, typeof manager?]) => {
    const opened = await OpenStream.open(person, { ...query }, headers);
    open.push(opened);
    return opened;
  };
  const record = async (fields: object = {}) => {
    const comment = randomUUID();
    await recordFor(service, manager, [{ at: new Date(), fields: { ...fields, comment } }]);
    return comment;
  };
  const has =
    (comment: string) =>
    ({ data }: StreamEvent) =>
      data?.comment === comment;
  const isSettled = ({ event }: StreamEvent) => event === 'settled';
  const rowsOf = (events: readonly StreamEvent[]) =>
    events.filter(({ event }) => event === 'activity').map(({ data }) => data!);

  it('sends the rows of the feed, then what happens', async () => {
    const first = await record();
    const opened = await stream();
    expect(opened.response.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    const events = await opened.until(has(first));
    const { data } = await readFeed(manager, { limit: 1000 });
    expect(rowsOf(events)).toEqual(data.slice(0, rowsOf(events).length));
    await opened.until(isSettled);
    const second = await record();
    expect(rowsOf(await opened.until(has(second))).at(-1)).toMatchObject({ comment: second });
  });

  it('goes on after any of its events', async () => {
    const comments = [await record(), await record(), await record()];
    const events = await (await stream()).until(has(comments.at(-1)!));
    const rows = rowsOf(events);
    const ids = events.filter(({ event }) => event === 'activity').map(({ id }) => id!);
    for (const [place, id] of ids.entries()) {
      const last = { 'last-event-id': id };
      const again = rowsOf(await (await stream({ timeoutSeconds: 0, start: 'beginning' }, last)).rest());
      expect(again.slice(0, rows.length - place - 1)).toEqual(rows.slice(place + 1));
      const { data } = await readFeed(manager, { after: id, limit: 1000 });
      expect(data.map(({ sequence }) => sequence)).toEqual(again.map(({ sequence }) => sequence));
    }
  });

  it('tells a client that passes over records where to go on', async () => {
    const filter = { orderReference: 'D-4' };
    const opened = await stream(filter);
    const [, settled] = await opened.until(isSettled);
    const cursor = settled!.id!;
    await record();
    const [later] = await opened.until(isSettled);
    expect(later!.id).not.toBe(cursor);
    const comment = await record(filter);
    await opened.until(has(comment));
    const { data } = await readFeed(manager, { ...filter, after: later!.id! });
    expect(data).toMatchObject([{ comment }]);
  });

  it('shows that it is alive when nothing happens', async () => {
    const opened = await stream({ orderReference: 'none-at-all' });
    await opened.until(({ comment }) => comment !== undefined);
  });

  it('ends after the time that the request names', async () => {
    const comment = await record();
    await new FeedFollower(manager).until((row) => row.comment === comment);
    const ended = await (await stream({ timeoutSeconds: 0 })).rest();
    expect([ended[0], rowsOf(ended).some((row) => row.comment === comment)]).toEqual([{ retry: '2000' }, true]);
    expect(ended.at(-1)).toMatchObject({ event: 'settled', data: { isComplete: true } });
    await (await stream({ timeoutSeconds: 1, start: 'now' })).rest();
    expect(open.every(({ isComplete }) => isComplete)).toBe(true);
  });

  it('is refused beyond the bounds of the account and of the process, until another one is closed', async () => {
    const other = await service.newManager('manager@two.example');
    await stream();
    await stream();
    const refused = await stream();
    expect([refused.status, refused.response.headers['retry-after']]).toEqual([429, '10']);
    expect((await manager.get(STREAM).expect(429)).body.code).toBe('too_many_streams');
    await stream({}, {}, other);
    expect((await stream({}, {}, other)).status).toBe(429);
    const begun = nextFollower(service);
    open[0]!.close();
    open[3]!.close();
    await open[0]!.rest();
    let again = await stream({ timeoutSeconds: 0 });
    while (again.status === 429) again = await stream({ timeoutSeconds: 0 });
    await again.rest();
    expect((await begun).endReason).toBe('client left');
  });

  it('gives its place back when its record cannot be written', async () => {
    for (let count = 0; count < 3; count++) {
      jest.spyOn(service.app.get(Recorder), 'commit').mockRejectedValueOnce(new Error('cannot be written'));
      const begun = nextFollower(service);
      await manager.get(STREAM, { orderReference: `E-${count}` }).expect(500);
      const { ended } = await begun;
      if (!ended.aborted) await once(ended, 'abort');
      jest.restoreAllMocks();
    }
    expect((await stream()).status).toBe(200);
  });

  describe('of more records than a connection takes at once', () => {
    const filter = { orderReference: 'F-5' };
    let last: string;

    beforeAll(async () => {
      const long = { ...filter, comment: 'x'.repeat(1900) };
      for (let batch = 0; batch < 10; batch++) {
        const records = Array.from({ length: 200 }, () => ({ at: new Date(), fields: long }));
        await recordFor(service, manager, records);
      }
      last = await record(filter);
      await new FeedFollower(manager, { ...filter, limit: 1000 }).until((row) => row.comment === last);
    }, 180_000);

    it('sends a slow client everything', async () => {
      const opened = await stream(filter);
      opened.response.pause();
      await new FeedFollower(manager, { ...filter, limit: 1000 }).until((row) => row.comment === last);
      opened.response.resume();
      const rows = rowsOf(await opened.until(has(last)));
      expect(rows).toHaveLength(2001);
      expect(new Set(rows.map(({ sequence }) => sequence)).size).toBe(2001);
    }, 180_000);

    it('is cut off when its client takes none of it for too long', async () => {
      jest.replaceProperty(service.app.get(Config), 'STREAM_STALL_SECONDS', 1);
      const begun = nextFollower(service);
      const opened = await stream(filter);
      opened.response.pause();
      const { ended } = await begun;
      if (!ended.aborted) await once(ended, 'abort');
      opened.response.resume();
      await opened.rest();
      expect(opened.isComplete).toBe(false);
    });
  });

  it('ends soon for a client that reads none of it, when the service ends it', async () => {
    const follower = new Follower();
    const unread = EventStream.of(eventsUntil(follower), follower).getStream();
    follower.end('service stops');
    await once(unread, 'close');
  });
});

/** Yields an event, and another one when the follower has ended. */
async function* eventsUntil({ ended }: Follower): AsyncGenerator<string> {
  yield HEARTBEAT;
  if (!ended.aborted) await once(ended, 'abort');
  yield HEARTBEAT;
}
