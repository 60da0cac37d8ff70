import { setImmediate } from 'node:timers/promises';
import { Recorder } from '../../../src/audit/recording/recorder';
import { UnitOfWork } from '../../../src/database/unit-of-work';
import { onServer } from '../../support/database';
import type { Cut } from '../../support/database-proxy';
import { useManager } from '../../support/use-people';
import { useProxiedService } from '../../support/use-proxied-service';
import { useService } from '../../support/use-service';

const VIEWS = '/v1/page-views';
const COUNT = 40;

describe('the records of concurrent requests', () => {
  const service = useService();
  const manager = useManager(service);
  afterEach(() => jest.restoreAllMocks());

  const view = (title: string) => manager.post(VIEWS, { page: '/orders', title });
  const recordsOf = async (title: string) =>
    (await manager.report({ activity: 'page.accessed' })).filter(({ comment }) => comment === title);
  const repeat = <Result>(work: (number: number) => Promise<Result>) =>
    Promise.all(Array.from({ length: COUNT }, (_, number) => work(number)));

  it('are all there when they are acknowledged, in fewer transactions', async () => {
    const [unitOfWork, recorder] = [service.app.get(UnitOfWork), service.app.get(Recorder)];
    const transactions = jest.spyOn(unitOfWork, 'insertTogether');
    const records = jest.spyOn(recorder, 'commitPast');
    // The first transaction takes until all other records wait for the next one.
    transactions.mockImplementationOnce(async (lists) => {
      while (records.mock.calls.length < COUNT) await setImmediate();
      return unitOfWork.insertTogether(lists);
    });
    const found = await repeat(async (number) => {
      await view(`together ${number}`).expect(201);
      return service.readSource.query<unknown[]>(`SELECT 1 FROM activities WHERE comment = 'together ${number}'`);
    });
    expect(found.map((rows) => rows.length)).toEqual(found.map(() => 1));
    expect(transactions.mock.calls.length).toBeLessThan(COUNT / 2);
  });

  it('belong to the user and the request that they record, for reads, denials and failures', async () => {
    const people = await repeat((number) => service.newUser(manager, `user${number}@one.example`, `User ${number}`));
    await Promise.all(
      people.flatMap((person, number) => [
        person.get('/v1/users').set('x-request-id', `denied-${number}`).expect(403),
        person
          .post(VIEWS, { page: `/page/${number}` })
          .set('x-request-id', `viewed-${number}`)
          .expect(201),
        manager.get('/v1/roles').set('x-request-id', `listed-${number}`).expect(200),
        service.nobody.post('/v1/auth/login', { email: `user${number}@one.example`, password: 'wrong' }).expect(401),
      ]),
    );
    const rows = await service.writeSource.query<{ user_name: string; request_id: string; outcome: string }[]>(
      `SELECT user_name, request_id, outcome FROM activities WHERE request_id LIKE '%-%'`,
    );
    const expected = people.flatMap((_, number) => [
      `User ${number} denied denied-${number}`,
      `User ${number} success viewed-${number}`,
      `Maria Manager success listed-${number}`,
    ]);
    const written = rows.map(({ user_name, outcome, request_id }) => `${user_name} ${outcome} ${request_id}`);
    expect(written.sort()).toEqual(expected.sort());
    const logins = await manager.report({ activity: 'user.login', outcome: 'failure', limit: 1000 });
    expect(new Set(logins.map(({ user }) => user.name))).toEqual(new Set(people.map(({ user }) => user.name)));
  });

  it('do not fail because one of them cannot be stored', async () => {
    await service.writeSource.query(
      onServer
        ? `CREATE TRIGGER refuse BEFORE INSERT ON activities FOR EACH ROW
           IF NEW.comment = 'refused' THEN SIGNAL SQLSTATE '45000'; END IF`
        : `CREATE TRIGGER refuse BEFORE INSERT ON activities WHEN NEW.comment = 'refused'
           BEGIN SELECT RAISE(ABORT, 'refused'); END`,
    );
    const answers = await repeat((number) => view(number % 10 === 5 ? 'refused' : 'stored').then((answer) => answer));
    expect(answers.map(({ status }) => status)).toEqual(answers.map((_, number) => (number % 10 === 5 ? 503 : 201)));
    const [refused] = answers.filter(({ status }) => status === 503);
    expect(refused!.body).toMatchObject({ code: 'activity_not_recorded' });
    expect(refused!.headers['retry-after']).toMatch(/^\d+$/);
    expect(await recordsOf('stored')).toHaveLength(COUNT - 4);
    expect(await recordsOf('refused')).toEqual([]);
    await service.writeSource.query('DROP TRIGGER refuse');
  });
});

if (onServer) {
  describe('a record that has a transaction of its own', () => {
    const connection = useProxiedService();
    const { service, proxied } = connection;

    const stored = async (title: string) =>
      service.readSource.query<unknown[]>('SELECT 1 FROM activities WHERE comment = ?', [title]);
    const view = (title: string) => connection.manager.post(VIEWS, { page: '/orders', title });

    it.each<Cut>(['before COMMIT', 'after COMMIT'])('is there once when its connection breaks: %s', async (cut) => {
      await view('prepares the statement').expect(201);
      connection.proxy.breakStatementWith(`broken ${cut}`, cut);
      await view(`broken ${cut}`).expect(201);
      expect(await stored(`broken ${cut}`)).toHaveLength(1);
    });

    it('has an unknown outcome if its connection breaks each time', async () => {
      await service.writeSource.query(
        `CREATE TRIGGER kill_connection BEFORE INSERT ON activities FOR EACH ROW
         IF NEW.comment = 'killed' THEN KILL CONNECTION_ID(); END IF`,
      );
      const { body, headers } = await view('killed').expect(503);
      expect(body).toMatchObject({ code: 'outcome_unknown' });
      expect(headers['retry-after']).toMatch(/^\d+$/);
      await view('not killed').expect(201);
      expect(await stored('not killed')).toHaveLength(1);
    });

    it('is committed although the server does not commit each statement by itself', async () => {
      // TypeORM does not declare the pool of its driver.
      const { pool } = proxied.writeSource.driver as unknown as { pool: ConnectionPool };
      const connections: PooledConnection[] = await Promise.all(Array.from({ length: 20 }, () => connectionOf(pool)));
      for (const connection of connections) {
        await new Promise((resolve) => {
          connection.query('SET autocommit = 0', resolve);
        });
      }
      for (const connection of connections) connection.release();
      await view('without autocommit').expect(201);
      expect(await stored('without autocommit')).toHaveLength(1);
    });
  });
}

interface PooledConnection {
  query(sql: string, done: (error: unknown) => void): void;
  release(): void;
}

interface ConnectionPool {
  getConnection(done: (error: Error | null, connection: PooledConnection) => void): void;
}

function connectionOf(pool: ConnectionPool): Promise<PooledConnection> {
  return new Promise((resolve, reject) => {
    pool.getConnection((error, connection) => {
      if (error) reject(error);
      else resolve(connection);
    });
  });
}
