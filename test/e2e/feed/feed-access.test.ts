import { randomUUID } from 'node:crypto';
import { RequestGuard } from '../../../src/auth/guard/request.guard';
import { makeKey } from '../../support/api-keys';
import { FEED, FeedFollower, nextFollower, OpenStream, readFeed, type FollowedRow } from '../../support/feed';
import type { Person } from '../../support/person';
import { recordFor } from '../../support/records';
import { Service } from '../../support/service';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';

/** A way to lose the access to the feed, and the problem that a new request would have. */
interface Loss {
  readonly code: string;
  readonly status: number;
  /** Returns who follows, and how they lose the access. */
  readonly prepare: (user: Person) => Promise<{ readonly follower: Person; readonly lose: () => Promise<unknown> }>;
}

describe('who follows the feed', () => {
  const service = useService();
  const manager = useManager(service);
  let users = 0;
  let email: string;
  afterEach(() => jest.restoreAllMocks());

  const newUser = () => {
    email = `user-${++users}@one.example`;
    return service.newUser(manager, email, 'Follower', ['activity_feed', 'api_keys']);
  };
  const userBody = async ({ user }: Person) => (await manager.get(`/v1/users/${user.id}`).expect(200)).body;
  const disable = async (user: Person) => {
    const { version } = await userBody(user);
    await manager.patch(`/v1/users/${user.user.id}`, { status: 'disabled', version }).expect(200);
  };

  const LOSSES: Record<string, Loss> = {
    'a logout': {
      code: 'token_invalid',
      status: 401,
      prepare: (user) => Promise.resolve({ follower: user, lose: () => user.post('/v1/auth/logout').expect(204) }),
    },
    'a disabled user': {
      code: 'user_disabled',
      status: 401,
      prepare: (user) => Promise.resolve({ follower: user, lose: () => disable(user) }),
    },
    'a revoked API key': {
      code: 'api_key_revoked',
      status: 401,
      prepare: async (user) => {
        const { id, program } = await makeKey(service, user, { privileges: ['activity_feed'] });
        return { follower: program, lose: () => user.delete(`/v1/api-keys/${id}`).expect(204) };
      },
    },
    'an API key of a disabled user': {
      code: 'user_disabled',
      status: 401,
      prepare: async (user) => {
        const { program } = await makeKey(service, user, { privileges: ['activity_feed'] });
        return { follower: program, lose: () => disable(user) };
      },
    },
    'a lost privilege': {
      code: 'privilege_missing',
      status: 403,
      prepare: (user) =>
        Promise.resolve({
          follower: user,
          lose: async () => {
            const [id] = (await userBody(user)).roleIds;
            const { version } = (await manager.get(`/v1/roles/${id}`).expect(200)).body;
            await manager.patch(`/v1/roles/${id}`, { privileges: ['api_keys'], version }).expect(200);
          },
        }),
    },
  };

  describe.each(Object.entries(LOSSES))('after %s', (_, { code, status, prepare }) => {
    /** Counts the checks of access from now on. */
    const countChecks = () => {
      const checks = jest.spyOn(service.app.get(RequestGuard), 'recheck');
      checks.mockClear();
      return () => checks.mock.calls.length;
    };

    it('has streams that end at the next check, and says why', async () => {
      const { follower, lose } = await prepare(await newUser());
      const stream = await OpenStream.open(follower, { start: 'now' });
      await stream.until(({ event }) => event === 'settled');
      await lose();
      const checks = countChecks();
      const events = await stream.rest();
      expect(checks()).toBeLessThanOrEqual(1);
      expect(events.at(-1)).toMatchObject({ event: 'problem', data: { code, status } });
      expect(stream.isComplete).toBe(true);
      expect((await OpenStream.open(follower)).status).toBe(status);
    });

    it('has polls that end at the next check', async () => {
      const { follower, lose } = await prepare(await newUser());
      const filter = { orderReference: randomUUID() };
      const begun = nextFollower(service);
      const poll = follower.get(FEED, { ...filter, wait: 30 }).then((answer) => answer);
      await begun;
      await lose();
      const checks = countChecks();
      expect((await poll).body).toMatchObject({ code, status });
      expect(checks()).toBeLessThanOrEqual(1);
    });
  });

  it('keeps following as long as the access is there', async () => {
    const { program } = await makeKey(service, await newUser(), { privileges: ['activity_feed'] });
    const guard = service.app.get(RequestGuard);
    const recheck = guard.recheck.bind(guard);
    const twice = new Promise<void>((resolve) => {
      const spy = jest.spyOn(guard, 'recheck').mockImplementation(async (request) => {
        await recheck(request);
        if (spy.mock.calls.length === 2) resolve();
      });
    });
    const stream = await OpenStream.open(program, { start: 'now' });
    await twice;
    const comment = randomUUID();
    await recordFor(service, manager, [{ at: new Date(), fields: { comment } }]);
    await stream.until(({ data }) => data?.comment === comment);
    stream.close();
  });
});

describe('a service that stops', () => {
  let service: Service;
  let manager: Person;

  beforeEach(async () => {
    service = await Service.start();
    manager = await service.newManager('manager@one.example');
  });
  afterEach(() => service.stop());

  it('ends streams and polls, whose cursors go on without a loss', async () => {
    const follower = new FeedFollower(manager);
    const isRead = ({ activity }: FollowedRow) => activity.code === 'activity_feed.read';
    await follower.until(isRead);
    const stream = await OpenStream.open(manager, { after: follower.cursor! });
    const events = await stream.until(({ event }) => event === 'settled');
    const begun = nextFollower(service);
    const poll = readFeed(manager, { after: follower.cursor!, wait: 30 });
    await begun;
    const stopping = service.app.close();
    expect((await stream.rest()).filter(({ event }) => event === 'problem')).toEqual([]);
    expect(stream.isComplete).toBe(true);
    const { data, nextCursor } = await poll;
    expect([data, nextCursor]).toEqual([[], follower.cursor]);
    expect(events.at(-1)!.id).toEqual(expect.any(String));
    await stopping;
  });
});
