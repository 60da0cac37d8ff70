import { createApp } from '../../../src/app';
import { ACTIVITY_TYPES } from '../../../src/audit/catalogue/activity-type';
import { assertDemoDatabase } from '../../../src/commands/assert-demo-database';
import { createAccount } from '../../../src/commands/create-account';
import { Config, loadConfig } from '../../../src/config/config';
import { DemoData } from '../../../src/demo/demo-data';
import { DemoModule } from '../../../src/demo/demo.module';
import { ENTITIES } from '../../../src/entities';
import { useService } from '../../support/use-service';

const SEED_ROW = '2014-06-10 11:46:01,John Doe,Cancel order refund,ABCD123,1234567,50,USD,1,Customer request\r\n';
const PASSWORD = 'a password of the demo';

describe('the demo', () => {
  const service = useService({}, { imports: [DemoModule], demoPassword: PASSWORD });

  beforeAll(async () => {
    await service.app.get(DemoData).prepare(PASSWORD);
  }, 180_000);

  it('has the row of the documentation, byte for byte', async () => {
    const auditor = await service.login('auditor@demo.example', PASSWORD);
    const csv = await auditor.csv({ from: '2014-06-10', to: '2014-06-10' });
    expect(csv.slice(csv.indexOf('\r\n') + 2)).toBe(SEED_ROW);
  });

  it('has about 20,000 activities of every kind', async () => {
    const manager = await service.login('manager@demo.example', PASSWORD);
    const lines = (await manager.csv({ from: '2000-01-01' })).split('\r\n').length - 2;
    expect(lines).toBeGreaterThan(18_000);
    expect(lines).toBeLessThan(25_000);
    const seen = await service.writeSource.query<{ activity: string }[]>('SELECT DISTINCT activity FROM activities');
    expect(seen.map(({ activity }) => activity).sort()).toEqual([...ACTIVITY_TYPES].sort());
  });

  it('keeps its two accounts apart', async () => {
    const other = await service.login('manager@other.example', PASSWORD);
    const rows = await other.report({ from: '2000-01-01' });
    expect(new Set(rows.map(({ user }) => user.name))).toEqual(new Set(['Oscar Other']));
  });

  it('keeps its data on a second start, with the password of that start', async () => {
    const manager = await service.login('manager@demo.example', PASSWORD);
    const before = await manager.csv({ to: '2026-01-01' });
    await service.app.get(DemoData).prepare('another password of the demo');
    const again = await service.login('manager@demo.example', 'another password of the demo');
    expect(await again.csv({ to: '2026-01-01' })).toBe(before);
    await service.app.get(DemoData).prepare(PASSWORD);
  });

  it('puts its password into the example of a login', async () => {
    const { body } = await service.nobody.get('/openapi.json').expect(200);
    const { email, password } = body.components.schemas.Credentials.properties;
    await service.nobody.post('/v1/auth/login', { email: email.example, password: password.example }).expect(200);
  });

  it('leaves a database alone that holds anything else', async () => {
    const config = service.app.get(Config);
    await expect(assertDemoDatabase(config, ENTITIES)).resolves.toBeUndefined();
    await service.writeSource.query('CREATE TABLE strangers (id int)');
    await expect(assertDemoDatabase(config, ENTITIES)).rejects.toThrow('It contains the table strangers');
    await service.writeSource.query('DROP TABLE strangers');
    await service.newManager('manager@real.example');
    await expect(assertDemoDatabase(config, ENTITIES)).rejects.toThrow(
      'It contains the account Merchant of manager@real.example',
    );
  });
});

describe('the command that makes an account', () => {
  const service = useService();
  afterEach(() => jest.restoreAllMocks());

  const options = {
    name: 'New Merchant',
    timeZone: 'Asia/Kathmandu',
    email: 'First@new.example',
    managerName: 'Fay First',
  };
  const config = () => loadConfig({ DATABASE_URL: service.app.get(Config).DATABASE_URL });

  it('shows the first manager’s password once, and stores only its hash', async () => {
    const said = jest.spyOn(console, 'log').mockImplementation();
    await createAccount(createApp, config(), options);
    const password = /\n\n {2}(\S{20})\n/.exec(String(said.mock.calls[0]?.[0]))?.[1] ?? '';
    const manager = await service.login('first@new.example', password);
    expect(manager.user).toMatchObject({
      name: 'Fay First',
      account: { name: 'New Merchant', timeZone: 'Asia/Kathmandu' },
    });
    const tables = await Promise.all(
      ['users', 'activities'].map((table) => service.writeSource.query(`SELECT * FROM ${table}`)),
    );
    expect(JSON.stringify(tables)).not.toContain(password);
    const recorded = await manager.report({ activity: ['user.created', 'role.created'] });
    expect(recorded.map(({ user }) => user)).toEqual([
      { id: null, name: 'Command line', email: null },
      { id: null, name: 'Command line', email: null },
    ]);
  });

  it.each([
    ['an unknown zone', { timeZone: 'Mars/Olympus' }, '--time-zone'],
    ['no e-mail', { email: 'nobody' }, '--email'],
    ['an e-mail that is taken', {}, 'already'],
    ['an empty name', { name: ' ' }, '--name'],
    ['a name of two lines', { managerName: 'Fay\nFirst' }, '--manager-name'],
  ])('refuses %s', async (_, change, message) => {
    await expect(createAccount(createApp, config(), { ...options, ...change })).rejects.toThrow(message);
  });
});
