import { Activity } from '../../../src/audit/recording/activity.entity';
import { LoginRefusalsJob } from '../../../src/auth/login/login-refusals.job';
import { Config } from '../../../src/config/config';
import { runCommand } from '../../support/command';
import { onServer } from '../../support/database';
import { addressOf, Logins, MINUTE, SECOND } from '../../support/logins';
import type { Person } from '../../support/person';
import { PASSWORD } from '../../support/service';
import { useServices } from '../../support/use-service';

const DAY = 24 * 60 * MINUTE;
const HOME = '203.0.113.7';

describe('refused logins on the report', () => {
  const services = useServices({ TRUST_PROXY: '1' });
  const [service] = services;
  let manager: Person;
  let john: Person;
  let logins: Logins;
  let people = 0;
  let email: string;
  /** When the test begins: a day of its own, long ago, so that a process with the real time finds every window ended. */
  let start: number;

  beforeAll(async () => {
    manager = await service.newManager('manager@one.example');
  });
  afterEach(() => jest.restoreAllMocks());

  beforeEach(async () => {
    start = Date.parse('2026-01-15T10:00:00.000Z') + ++people * DAY;
    email = `john${people}@one.example`;
    logins = new Logins(start, ...services).at(-60 * MINUTE);
    manager = await service.login('manager@one.example');
    john = await service.newUser(manager, email, 'John Doe');
    logins.at(0);
    await logins.fail(10, email, HOME);
  });

  const refuse = async (times: number, address: string | ((time: number) => string) = HOME) => {
    for (let time = 0; time < times; time++) {
      await logins.try(email, typeof address === 'string' ? address : address(time)).expect(429);
    }
  };
  const jobs = () => services.map((service) => service.app.get(LoginRefusalsJob));
  const runDue = async () => {
    const counts = await Promise.all([...jobs(), ...jobs()].map((job) => job.runDue()));
    return counts.reduce((sum, count) => sum + count, 0);
  };
  /** What refused attempts left, the newest first. */
  const refusals = async (activity: Activity['activity'] = 'user.login') => {
    const where = { userId: john.user.id, activity };
    const rows = await service.writeSource.manager.find(Activity, { where, order: { id: 'DESC' } });
    return rows.filter(({ details }) => (details as { error?: string } | null)?.error === 'too_many_attempts');
  };

  it('are the first one at once, and the number of all when a quarter of an hour has passed', async () => {
    await refuse(1);
    expect(await refusals()).toHaveLength(1);
    logins.at(5 * MINUTE);
    await refuse(24);
    expect(await refusals()).toHaveLength(1);
    logins.at(15 * MINUTE - 1);
    expect(await runDue()).toBe(0);

    logins.at(15 * MINUTE);
    expect(await runDue()).toBe(1);
    const [counted, first] = await refusals();
    expect(first).toMatchObject({ occurredAt: new Date(start), ipAddress: HOME, outcome: 'failure' });
    expect(first!.details).toEqual({ error: 'too_many_attempts' });
    expect(counted).toMatchObject({
      userName: 'John Doe',
      outcome: 'failure',
      occurredAt: new Date(start + 15 * MINUTE),
      ipAddress: HOME,
      requestId: null,
      comment: `25 attempts refused from ${day()} 12:00:00 to ${day()} 12:05:00, after too many wrong passwords`,
      details: {
        error: 'too_many_attempts',
        refused: 25,
        from: new Date(start).toISOString(),
        to: new Date(start + 5 * MINUTE).toISOString(),
      },
    });
    expect(await runDue()).toBe(0);
    expect(await refusals()).toHaveLength(2);
    const [shown] = await manager.report({ userId: john.user.id, outcome: 'failure', limit: 1 });
    expect(shown).toMatchObject({ activity: { code: 'user.login' }, comment: counted!.comment });
  });

  const day = () => new Date(start).toISOString().slice(0, 10);

  it('are counted once, however many processes refuse them and end the window at the same time', async () => {
    const checked = await logins.failAtOnce(60, email, () => HOME);
    expect(checked).toBe(0);
    expect(await refusals()).toHaveLength(1);
    // As many processes as the database is for.
    const { DATABASE_URL } = service.app.get(Config);
    const runs = Array.from({ length: onServer ? 3 : 1 }, () => runCommand('run-jobs', { DATABASE_URL }));
    logins.at(15 * MINUTE);
    const [recorded, ...printed] = await Promise.all([runDue(), ...runs]);
    const byProcesses = printed.map((line) => (JSON.parse(line) as { refusals: number }).refusals);
    expect([recorded, ...byProcesses].reduce((sum, count) => sum + count)).toBe(1);
    const [counted, ...others] = await refusals();
    expect(others).toHaveLength(1);
    expect(counted!.details).toMatchObject({ refused: 60 });
  });

  it('name no address when there were several', async () => {
    await logins.fail(40, email, addressOf);
    await refuse(3);
    await refuse(3, (time) => addressOf(60 + time));
    logins.at(16 * MINUTE);
    await runDue();
    const [counted, first] = await refusals();
    expect(counted).toMatchObject({ ipAddress: null, details: { refused: 6 } });
    expect(first).toMatchObject({ ipAddress: HOME });
  });

  it('begin a new window after the last one, also where no job has run', async () => {
    await refuse(3);
    logins.at(16 * MINUTE);
    await logins.fail(10, email, HOME);
    await refuse(2);
    const [again, counted, first] = await refusals();
    expect(first).toMatchObject({ occurredAt: new Date(start) });
    expect(counted).toMatchObject({ details: { refused: 3 } });
    expect(again).toMatchObject({ occurredAt: new Date(start + 16 * MINUTE), details: { error: 'too_many_attempts' } });
    logins.at(31 * MINUTE);
    expect(await runDue()).toBe(1);
    expect((await refusals())[0]).toMatchObject({ details: { refused: 2 } });
  });

  it('have no number where the first one was the only one', async () => {
    await refuse(1);
    logins.at(15 * MINUTE);
    expect(await runDue()).toBe(0);
    expect(await refusals()).toHaveLength(1);
  });

  it('leave none of an e-mail that nobody has', async () => {
    const before = await service.writeSource.manager.count(Activity);
    await logins.fail(10, 'nobody@one.example', HOME);
    for (let time = 0; time < 3; time++) await logins.try('nobody@one.example', HOME).expect(429);
    logins.at(15 * MINUTE);
    expect(await runDue()).toBe(0);
    expect(await service.writeSource.manager.count(Activity)).toBe(before);
  });

  it('are told apart from refused changes of the password', async () => {
    const change = () =>
      john
        .post('/v1/auth/password', { currentPassword: 'not the password', newPassword: 'quite another password' })
        .set('x-forwarded-for', HOME);
    await refuse(2);
    for (let time = 0; time < 4; time++) await change().expect(429);
    expect(await refusals('user.password_changed')).toHaveLength(1);
    logins.at(15 * MINUTE);
    expect(await runDue()).toBe(2);
    expect((await refusals('user.password_changed'))[0]).toMatchObject({ details: { refused: 4 } });
    expect((await refusals())[0]).toMatchObject({ details: { refused: 2 } });
  });

  it('are counted again at the next run when the number could not be recorded', async () => {
    await refuse(3);
    logins.at(15 * MINUTE);
    const { manager: rows } = service.writeSource;
    await rows.query('ALTER TABLE activities RENAME TO activities_away');
    expect(await jobs()[0]!.runDue()).toBe(0);
    await rows.query('ALTER TABLE activities_away RENAME TO activities');
    expect(await jobs()[0]!.runDue()).toBe(1);
    expect((await refusals())[0]).toMatchObject({ details: { refused: 3 } });
  });

  it('let the user in when they are over', async () => {
    await refuse(2);
    await logins
      .at(15 * MINUTE + SECOND)
      .try(email, HOME, PASSWORD)
      .expect(200);
  });
});
