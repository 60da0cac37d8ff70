import { Activity } from '../../../src/audit/recording/activity.entity';
import { Person } from '../../support/person';
import { PASSWORD } from '../../support/service';
import { useService } from '../../support/use-service';

const MAX = 50;

describe('the open sessions of a user', () => {
  const service = useService();
  let manager: Person;
  let people = 0;
  let email: string;
  const START = Date.parse('2026-01-15T10:00:00.000Z');

  beforeAll(async () => {
    service.setTime(new Date(START - 3600_000));
    manager = await service.newManager('manager@one.example');
  });
  afterEach(() => jest.restoreAllMocks());

  /** A user with so many sessions, the oldest first, a second apart. */
  const userWith = async (sessions: number): Promise<Person[]> => {
    email = `john${people++}@one.example`;
    service.setTime(new Date(START - 1800_000));
    const john = await service.newUser(manager, email, 'John Doe');
    await john.post('/v1/auth/logout').expect(204);
    const logins: Person[] = [];
    for (let number = 0; number < sessions; number++) {
      service.setTime(new Date(START + number * 1000));
      logins.push(await service.login(email));
    }
    return logins;
  };
  const openSessions = async (person: Person) => {
    const { body } = await person.get('/v1/auth/sessions', { limit: 1000 }).expect(200);
    return body.data as { id: string; isCurrent: boolean }[];
  };

  it('are at most fifty: the oldest ends when one more begins, and the record of the login names it', async () => {
    const logins = await userWith(MAX);
    const before = await openSessions(logins[0]!);
    expect(before).toHaveLength(MAX);
    const oldest = before.find(({ isCurrent }) => isCurrent)!;

    service.setTime(new Date(START + MAX * 1000));
    const newest = await service.login(email);
    expect((await logins[0]!.get('/v1/auth/me').expect(401)).body.code).toBe('token_invalid');
    await logins[1]!.get('/v1/auth/me').expect(200);
    expect(await openSessions(newest)).toHaveLength(MAX);

    const [login] = await service.writeSource.manager.find(Activity, {
      where: { userId: newest.user.id, activity: 'user.login' },
      order: { id: 'DESC' },
      take: 2,
    });
    expect(login!.details).toEqual({ endedSessions: [oldest.id] });
  });

  it('are at most fifty also when several begin at the same time', async () => {
    const logins = await userWith(MAX - 2);
    service.setTime(new Date(START + MAX * 1000));
    const late = await Promise.all(
      Array.from({ length: 6 }, () => service.nobody.post('/v1/auth/login', { email, password: PASSWORD }).expect(200)),
    );
    const open = await openSessions(new Person(service.url, late[0]!.body.token));
    expect(open).toHaveLength(MAX);
    const left = await Promise.all(logins.map(async (login) => (await login.get('/v1/auth/me')).status));
    expect(left.map((status, age) => (status === 401 ? age : -1)).filter((age) => age >= 0)).toEqual([0, 1, 2, 3]);
    for (const { body } of late) await new Person(service.url, body.token).get('/v1/auth/me').expect(200);
  });

  it('include the newest one, although the clock was set back', async () => {
    const logins = await userWith(MAX);
    service.setTime(new Date(START - 600_000));
    const newest = await service.login(email);
    expect(await openSessions(newest)).toHaveLength(MAX);
    await logins[0]!.get('/v1/auth/me').expect(401);
    await logins[1]!.get('/v1/auth/me').expect(200);
  });

  it('leave room for one more once one has ended', async () => {
    const logins = await userWith(MAX);
    service.setTime(new Date(START + MAX * 1000));
    await logins[7]!.post('/v1/auth/logout').expect(204);
    await service.login(email);
    await logins[0]!.get('/v1/auth/me').expect(200);
  });

  it('are counted for each user alone', async () => {
    const [first] = await userWith(3);
    service.setTime(new Date(START + MAX * 1000));
    await manager.get('/v1/auth/me').expect(200);
    expect(await openSessions(first!)).toHaveLength(3);
  });
});
