import {
  ForgottenAddressesJob,
  LateRefusalCountsJob,
  OldLoginAttemptsJob,
  UnclaimedAttemptsJob,
} from '../../../src/auth/login/login-pruning.jobs';
import { LoginRefusalsJob } from '../../../src/auth/login/login-refusals.job';
import { addressOf, Logins, MINUTE, SECOND } from '../../support/logins';
import type { Person } from '../../support/person';
import { PASSWORD } from '../../support/service';
import { useService, useServices } from '../../support/use-service';

const START = Date.parse('2026-01-15T10:00:00.000Z');
const DAY = 24 * 60 * MINUTE;
const PER_ADDRESS = 30;
const POLICIES = `"login-user-address";q=10;w=900, "login-address";q=${PER_ADDRESS};w=900, "login-user";q=50;w=3600`;

describe('the limits of failed logins', () => {
  const service = useService({ TRUST_PROXY: '1', LOGIN_FAILURES_PER_ADDRESS: String(PER_ADDRESS) });
  let manager: Person;
  let logins: Logins;
  let people = 0;
  let email: string;
  let unknown: string;

  beforeAll(async () => {
    logins = new Logins(START, service).at(0);
    manager = await service.newManager('manager@one.example');
  });
  afterEach(() => jest.restoreAllMocks());

  beforeEach(async () => {
    people += 1;
    [email, unknown] = [`john${people}@one.example`, `nobody${people}@one.example`];
    // Each test has its own day, so that no failures of another one count.
    logins = new Logins(START + people * DAY, service);
    logins.at(-60 * MINUTE);
    manager = await service.login('manager@one.example');
    await service.newUser(manager, email, 'John Doe');
    logins.at(0);
  });

  describe('of an e-mail from an address', () => {
    it('take the addresses of one IPv6 network together', async () => {
      await logins.fail(10, email, (time) => `2001:db8:1:${people}:${time}::1`);
      const { headers } = await logins.try(email, `2001:db8:1:${people}:abcd::1`).expect(429);
      expect(headers.ratelimit).toBe('"login-user-address";r=0;t=900');
      await logins.try(email, `2001:db8:2:${people}::1`).expect(401);
    });

    it('take an IPv4 address for the same, however it is written', async () => {
      await logins.fail(10, email, (time) => (time % 2 === 0 ? '203.0.113.7' : '::ffff:203.0.113.7'));
      await logins.try(email, '203.0.113.7').expect(429);
      await logins.try(email, '::ffff:cb00:7107').expect(429);
      await logins.try(email, '203.0.113.8').expect(401);
    });

    it('take an e-mail for the same in any case', async () => {
      await logins.fail(10, (time) => (time % 2 === 0 ? email : ` ${email.toUpperCase()} `), '203.0.113.7');
      await logins.try(email, '203.0.113.7').expect(429);
    });
  });

  describe('of an address', () => {
    const address = '203.0.113.7';
    const failEverywhere = (times: number) =>
      logins.fail(times, (time) => `nobody${people}-${time}@one.example`, address);

    it('count over all e-mails, and say so in the headers', async () => {
      await failEverywhere(PER_ADDRESS);
      const { body, headers } = await logins.at(MINUTE).try(email, address, PASSWORD).expect(429);
      expect(body).toMatchObject({ code: 'too_many_attempts', status: 429 });
      expect(headers).toMatchObject({
        'retry-after': String(14 * 60),
        ratelimit: `"login-address";r=0;t=${14 * 60}`,
        'ratelimit-policy': POLICIES,
      });
      await logins.try(email, '203.0.113.8', PASSWORD).expect(200);
      await logins.at(15 * MINUTE).succeed(email, address);
    });

    it('count no login that succeeds, and none that is refused', async () => {
      await failEverywhere(PER_ADDRESS - 1);
      for (let time = 0; time < 5; time++) await logins.succeed(email, address);
      await failEverywhere(1);
      for (let time = 0; time < 5; time++) await logins.try(email, address).expect(429);
      await logins.at(15 * MINUTE).fail(1, email, address);
    });

    it('are not reset by a login of the attacker', async () => {
      await failEverywhere(PER_ADDRESS - 2);
      await logins.fail(1, email, address);
      await logins.succeed(email, address);
      await failEverywhere(1);
      await logins.try(unknown, address).expect(429);
    });

    it('count wrong current passwords too', async () => {
      const john = (await logins.succeed(email, address)).body as { token: string };
      await failEverywhere(PER_ADDRESS - 1);
      const change = (currentPassword: string) =>
        service.nobody
          .post('/v1/auth/password', { currentPassword, newPassword: 'quite another password' })
          .set('authorization', `Bearer ${john.token}`)
          .set('x-forwarded-for', address);
      await change('not the password').expect(422);
      const { headers } = await change(PASSWORD).expect(429);
      expect(headers).toMatchObject({ ratelimit: '"login-address";r=0;t=900', 'ratelimit-policy': POLICIES });
      await logins.try(unknown, address).expect(429);
    });
  });

  describe.each([
    ['that a user has', () => email],
    ['that nobody has', () => unknown],
  ])('of an e-mail %s', (_, which) => {
    it('count over all addresses for an hour, and then let one try pass each half a minute', async () => {
      await logins.fail(50, which(), addressOf);
      const { headers } = await logins.try(which(), addressOf(50)).expect(429);
      expect(headers).toMatchObject({ 'retry-after': '30', ratelimit: '"login-user";r=0;t=30' });
      await logins
        .at(29.999 * SECOND)
        .try(which(), addressOf(50))
        .expect(429);

      await logins
        .at(30 * SECOND)
        .try(which(), addressOf(51))
        .expect(401);
      await logins
        .at(31 * SECOND)
        .try(which(), addressOf(52))
        .expect(429);
      await logins
        .at(60 * SECOND)
        .try(which(), addressOf(53))
        .expect(401);

      // The first fifty are an hour old.
      await logins.at(60 * MINUTE).fail(3, which(), (time) => addressOf(60 + time));
    });
  });

  describe('of an e-mail', () => {
    it('let its user in from an address of a login in the last 30 days, and from no other one', async () => {
      const home = '2001:db8:a:b::1';
      await logins.at(-29 * DAY).succeed(email, home);
      await logins.at(0).fail(50, email, addressOf);
      await logins.try(email, '2001:db8:a:c::1', PASSWORD).expect(429);
      await logins.try(email, '2001:db8:a:b:c:d:e:f').expect(401);
      await logins.succeed(email, '2001:db8:a:b:c:d:e:f');
      // The user's own login gives the attacker nothing back.
      await logins.try(email, addressOf(51)).expect(429);
    });

    it('have forgotten an address after 30 days without a login', async () => {
      const home = '203.0.113.9';
      await logins.at(-30 * DAY).succeed(email, home);
      await logins.at(0).fail(50, email, addressOf);
      await logins.try(email, home, PASSWORD).expect(429);
      await logins.at(30 * SECOND).succeed(email, home);
      await logins.succeed(email, home);
    });

    it('still hold an address that is known to ten failures', async () => {
      const home = '203.0.113.9';
      await logins.succeed(email, home);
      await logins.fail(50, email, addressOf);
      await logins.fail(10, email, home);
      const { headers } = await logins.try(email, home, PASSWORD).expect(429);
      expect(headers.ratelimit).toBe('"login-user-address";r=0;t=900');
    });
  });

  it('are in the contract, with the headers', async () => {
    const { body } = await service.nobody.get('/openapi.json').expect(200);
    for (const path of ['/v1/auth/login', '/v1/auth/password']) {
      const { description, headers } = body.paths[path].post.responses['429'];
      expect(description).toContain('50 in an hour');
      expect(Object.keys(headers).sort()).toEqual(['RateLimit', 'RateLimit-Policy', 'Retry-After', 'X-Request-Id']);
    }
  });

  it('keep no rows that do not count any more', async () => {
    const rows = async () => {
      const tables = ['login_attempts', 'known_login_addresses', 'unclaimed_attempts', 'login_refusal_counts'];
      const counts = tables.map((table) => service.writeSource.query(`SELECT COUNT(*) AS number FROM ${table}`));
      return (await Promise.all(counts)).map(([{ number }]) => Number(number));
    };
    const types = [ForgottenAddressesJob, LateRefusalCountsJob, OldLoginAttemptsJob, UnclaimedAttemptsJob];
    const prune = async () => {
      let pruned = 0;
      for (const type of types) pruned += await service.app.get<{ prune(): Promise<number> }>(type).prune();
      return pruned;
    };
    logins.at(DAY);
    await prune();
    await logins.at(2 * DAY).fail(3, unknown, '203.0.113.7');
    await logins.succeed(email, '203.0.113.7');
    const [attempts, , unknownLogins] = await rows();
    expect([attempts, unknownLogins]).toEqual([3, 3]);

    logins.at(2 * DAY + 59 * MINUTE);
    expect(await prune()).toBe(0);
    logins.at(2 * DAY + 61 * MINUTE);
    expect(await prune()).toBe(3);
    logins.at(33 * DAY);
    await service.app.get(LoginRefusalsJob).runDue();
    await prune();
    expect(await rows()).toEqual([0, 0, 0, 0]);
  });
});

describe('the limits of failed logins, over several processes', () => {
  const services = useServices({ TRUST_PROXY: '1' });
  let logins: Logins;
  let round = 0;
  let email: string;

  afterEach(() => jest.restoreAllMocks());

  beforeEach(async () => {
    email = `manager@${++round}.example`;
    await services[0].newManager(email);
    logins = new Logins(Date.now() + round * DAY, ...services).at(0);
  });

  it('hold against guesses at the same time from one address', async () => {
    const checked = await logins.failAtOnce(60, email, () => '203.0.113.7');
    expect(checked).toBeLessThanOrEqual(10);
    expect(checked).toBeGreaterThan(0);
    // Those that were refused did not count, so the rest of the ten is still there.
    await logins.fail(10 - checked, email, '203.0.113.7');
    await logins.try(email, '203.0.113.7').expect(429);
  });

  it('hold against guesses at the same time from many addresses', async () => {
    await logins.fail(40, email, addressOf);
    expect(await logins.failAtOnce(40, email, (time) => addressOf(50 + time))).toBeLessThanOrEqual(10);
    logins.at(MINUTE);
    expect(await logins.failAtOnce(20, email, (time) => addressOf(100 + time))).toBeLessThanOrEqual(10);
  });

  it('let one of many tries at the same time pass, once there is one each half a minute', async () => {
    await logins.fail(50, email, addressOf);
    for (let half = 1; half <= 3; half++) {
      logins.at(half * 30 * SECOND);
      expect(await logins.failAtOnce(12, email, (time) => addressOf(50 + 12 * half + time))).toBeLessThanOrEqual(1);
    }
  });

  it('refuse no logins that succeed at the same time', async () => {
    const statuses = await Promise.all(
      Array.from({ length: 16 }, async () => (await logins.try(email, '203.0.113.7', PASSWORD)).status),
    );
    expect(statuses).toEqual(Array(16).fill(200));
  });
});
