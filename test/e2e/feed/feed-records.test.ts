import { Recorder, RecordingFailed } from '../../../src/audit/recording/recorder';
import { makeKey } from '../../support/api-keys';
import { FEED, FeedFollower, OpenStream, readFeed } from '../../support/feed';
import type { Person, Query, Row } from '../../support/person';
import { recordFor } from '../../support/records';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';

const START = Date.parse('2026-03-02T10:00:00.000Z');
const MINUTE = 60_000;

describe('the record of reading the feed', () => {
  const service = useService();
  const manager = useManager(service);
  let users = 0;
  let user: Person;

  beforeEach(async () => {
    const email = `user-${++users}@one.example`;
    await service.newUser(manager, email, 'Follower', ['activity_feed', 'api_keys']);
    at(0);
    user = await service.login(email);
  });
  afterEach(() => jest.restoreAllMocks());

  const at = (minutes: number) => {
    service.setTime(new Date(START + minutes * MINUTE));
  };
  /** Returns the id of the record that a cursor names. */
  const recordOf = (cursor: string): string =>
    (JSON.parse(Buffer.from(cursor.split('.')[0]!, 'base64url').toString()) as { record: string }).record;
  const recordsOf = async ({ user: { id } }: Person): Promise<Row[]> => {
    jest.restoreAllMocks();
    return manager.report({ from: '2026-03-01', userId: id, activity: 'activity_feed.read' });
  };

  it('says what was read, and shows in the feed itself', async () => {
    await readFeed(user, { outcome: 'denied', q: 'refund', start: 'now' });
    const [row, ...others] = await recordsOf(user);
    expect(others).toEqual([]);
    expect(row).toMatchObject({
      activity: { code: 'activity_feed.read', label: 'Read activity feed' },
      outcome: 'success',
      occurredAt: '2026-03-02T12:00:00.000+02:00',
      comment: 'all users; all activities; denied; with a text',
      details: { outcomes: ['denied'], text: 'refund' },
    });
    await new FeedFollower(manager, { limit: 1000 }).until(({ id }) => id === row!.id);
  });

  it('is one for an hour, whatever the cursor, the size of the page and the way of reading', async () => {
    const { nextCursor } = await readFeed(user, { limit: 1 });
    at(30);
    const queries: Query[] = [{ after: nextCursor }, { start: 'now' }, { start: 'beginning', limit: 7 }, { wait: 1 }];
    for (const query of queries) await readFeed(user, query);
    const stream = await OpenStream.open(user, { timeoutSeconds: 0 });
    await stream.rest();
    expect(await recordsOf(user)).toHaveLength(1);
  });

  it.each([
    ['within the hour', 60 * MINUTE - 1, 1],
    ['after an hour', 60 * MINUTE, 2],
  ])('is renewed after an hour: %s', async (_, later, records) => {
    const { nextCursor } = await readFeed(user);
    at(later / MINUTE);
    await readFeed(user, { after: nextCursor });
    await readFeed(user, { after: nextCursor });
    await readFeed(user);
    expect(await recordsOf(user)).toHaveLength(records);
  });

  it('is renewed by a stream that stays open, when it has something to send', async () => {
    const stream = await OpenStream.open(user, { orderReference: `G-${users}` });
    const send = async (minutes: number) => {
      at(minutes);
      await recordFor(service, manager, [{ at: new Date(), fields: { orderReference: `G-${users}` } }]);
      await stream.until(({ event }) => event === 'activity');
    };
    for (const minutes of [30, 59, 61, 100, 130]) await send(minutes);
    stream.close();
    expect((await recordsOf(user)).map(({ occurredAt }) => occurredAt.slice(11, 16)).reverse()).toEqual([
      '12:00',
      '13:01',
      '14:10',
    ]);
  });

  it('is renewed when the clock was set back by more than an hour', async () => {
    at(130);
    await readFeed(user);
    at(0);
    const stream = await OpenStream.open(user, { timeoutSeconds: 0 });
    await stream.rest();
    const { nextCursor } = await readFeed(user);
    await readFeed(user, { after: nextCursor });
    expect((await recordsOf(user)).map(({ occurredAt }) => occurredAt.slice(11, 16)).reverse()).toEqual([
      '12:00',
      '14:10',
    ]);
  });

  it('is one for each filter and each identity', async () => {
    const { program } = await makeKey(service, user, { privileges: ['activity_feed'] });
    for (const reader of [user, program]) {
      for (const outcome of ['denied', 'failure', 'denied']) await readFeed(reader, { outcome });
    }
    expect(await recordsOf(user)).toHaveLength(2);
    expect(await recordsOf(program)).toHaveLength(2);
  });

  it('is one for reads that begin at the same time', async () => {
    const pages = await Promise.all(Array.from({ length: 10 }, () => readFeed(user)));
    const streams = Array.from({ length: 5 }, () => OpenStream.open(user, { timeoutSeconds: 0, outcome: 'denied' }));
    for (const stream of await Promise.all(streams)) await stream.rest();
    expect(new Set(pages.map(({ nextCursor }) => recordOf(nextCursor))).size).toBe(1);
    expect(await recordsOf(user)).toHaveLength(2);
  });

  it('is left by the other reads if the one that they wait for cannot be recorded', async () => {
    const recorder = service.app.get(Recorder);
    jest.spyOn(recorder, 'commit').mockRejectedValueOnce(new RecordingFailed(new Error('cannot be written')));
    const answers = await Promise.all(Array.from({ length: 3 }, () => user.get(FEED)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 503]);
    const named = answers.filter(({ status }) => status === 200).map(({ body }) => recordOf(body.nextCursor));
    expect(named).toContain(recordOf((await readFeed(user)).nextCursor));
    const ids = (await recordsOf(user)).map(({ id }) => id);
    expect(ids.sort()).toEqual([...new Set(named)].sort());
  });

  it('is left by each attempt that fails or is denied', async () => {
    await readFeed(user);
    for (let count = 0; count < 2; count++) await user.get(FEED, { after: 'x' }).expect(400);
    const powerless = await service.newUser(manager, `powerless-${users}@one.example`, 'Powerless');
    for (let count = 0; count < 2; count++) await powerless.get(FEED).expect(403);
    expect((await recordsOf(user)).map(({ outcome }) => outcome).sort()).toEqual(['failure', 'failure', 'success']);
    expect((await recordsOf(powerless)).map(({ outcome }) => outcome)).toEqual(['denied', 'denied']);
  });
});
