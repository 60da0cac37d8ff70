import { availableParallelism } from 'node:os';
import { loadConfig, SETTINGS, type SettingName } from '../../src/config/config';
import { ConfigError } from '../../src/config/config-error';

/** What the service says of wrong settings. */
function messageOf(environment: NodeJS.ProcessEnv): string {
  try {
    loadConfig(environment);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as ConfigError).message;
  }
  throw new Error('These settings are not refused.');
}

describe('the settings', () => {
  it('are all listed in SETTINGS, which cannot have other names', () => {
    const { DATABASE_READ_URL: _, ...incomplete } = SETTINGS;
    // @ts-expect-error -- a setting has no name
    incomplete satisfies Record<SettingName, true>;
    // @ts-expect-error -- a name is of no setting
    ({ ...SETTINGS, DATABASE_WRITE_URL: true }) satisfies Record<SettingName, true>;
    expect(Object.keys(SETTINGS)).toEqual(expect.arrayContaining(Object.keys(loadConfig({}))));
  });

  it('have defaults, even if they are set to an empty text', () => {
    const config = loadConfig({ PORT: '', DATABASE_URL: '' });
    expect(config).toMatchObject({ PORT: 3000, HOST: '127.0.0.1', SESSION_HOURS: 12, TRUST_PROXY: 0 });
    expect(config.LOGIN_FAILURES_PER_ADDRESS).toBe(100);
    expect(config.EXPORT_WORKERS).toBe(Math.max(availableParallelism() - 1, 1));
    expect(config.EXPORTS_PER_ACCOUNT).toBe(8);
    expect(config.database).toEqual({ kind: 'sqlite', file: 'var/activity.db' });
    expect(config.readDatabase).toEqual(config.database);
    expect(config.corsOrigins).toEqual([]);
  });

  it('are converted to their types', () => {
    const config = loadConfig({
      PORT: '0',
      TRUST_PROXY: '2',
      LOG_LEVEL: 'warn',
      CORS_ORIGINS: 'https://one.example, https://two.example,',
      DATABASE_URL: 'mysql://us%40er:p%2Fss@db.example/activity',
      DATABASE_READ_URL: 'mariadb://reader@replica.example:3307/activity',
    });
    expect(config).toMatchObject({ PORT: 0, TRUST_PROXY: 2, LOG_LEVEL: 'warn' });
    expect(config.corsOrigins).toEqual(['https://one.example', 'https://two.example']);
    expect(config.database).toEqual({
      kind: 'mysql',
      host: 'db.example',
      port: 3306,
      username: 'us@er',
      password: 'p/ss',
      database: 'activity',
    });
    expect(config.readDatabase).toMatchObject({ host: 'replica.example', port: 3307, password: '' });
  });

  it('can have a database at an IPv6 address, which is in brackets only in the URL', () => {
    const { database } = loadConfig({ DATABASE_URL: 'mysql://root@[2001:db8::1]:3307/activity' });
    expect(database).toMatchObject({ host: '2001:db8::1', port: 3307 });
  });

  it.each([
    ['PORT', '65536', /PORT must not be greater than 65535/],
    ['PORT', '-1', /PORT must be an integer number/],
    ['PORT', 'http', /PORT must be an integer number/],
    ['PORT', '80.5', /PORT must be an integer number/],
    ['DATABASE_POOL_SIZE', '0', /DATABASE_POOL_SIZE must not be less than 1/],
    ['DATABASE_POOL_SIZE', '501', /DATABASE_POOL_SIZE must not be greater than 500/],
    ['DATABASE_WAIT_SECONDS', '-1', /DATABASE_WAIT_SECONDS must be an integer/],
    ['DATABASE_WAIT_SECONDS', '3601', /DATABASE_WAIT_SECONDS must not be greater than 3600/],
    ['DRAIN_SECONDS', '601', /DRAIN_SECONDS must not be greater than 600/],
    ['SHUTDOWN_SECONDS', '3601', /SHUTDOWN_SECONDS must not be greater than 3600/],
    ['SESSION_HOURS', '0', /SESSION_HOURS must not be less than 1/],
    ['LOGIN_FAILURES_PER_ADDRESS', '9', /LOGIN_FAILURES_PER_ADDRESS must not be less than 10/],
    ['LOGIN_FAILURES_PER_ADDRESS', '100001', /LOGIN_FAILURES_PER_ADDRESS must not be greater than 100000/],
    ['SESSION_HOURS', '721', /SESSION_HOURS must not be greater than 720/],
    ['TRUST_PROXY', 'yes', /TRUST_PROXY must be an integer/],
    ['LOG_LEVEL', 'loud', /LOG_LEVEL must be one of .*info/],
    ['DEMO_PASSWORD', 'short', /DEMO_PASSWORD must be longer than or equal to 12 characters/],
    ['DATABASE_URL', 'sqlite:', /DATABASE_URL must be sqlite:path.* or mysql:\/\/user/],
    ['DATABASE_URL', 'postgres://db.example/activity', /DATABASE_URL must be sqlite:path.* or mysql:\/\/user/],
    ['DATABASE_URL', 'mysql://db.example', /DATABASE_URL must be sqlite:path.* or mysql:\/\/user/],
    ['DATABASE_URL', 'mysql://db.example/activity?ssl-mode=REQUIRED', /DATABASE_URL must be .*, without parameters/],
    ['DATABASE_URL', 'mariadb://db.example/activity?connectionLimit=1#pool', /DATABASE_URL .*, without parameters/],
    ['DATABASE_URL', 'mysql://db.example/activity#replica', /DATABASE_URL must be .* mysql:\/\/user/],
    ['DATABASE_READ_URL', 'mysql://db.example/activity?ssl=true', /DATABASE_READ_URL must be .*, without parameters/],
    ['DATABASE_URL', 'activity.db', /DATABASE_URL must be sqlite:path.* or mysql:\/\/user/],
    ['DATABASE_READ_URL', 'sqlite:copy.db', /DATABASE_READ_URL must be a mysql:\/\/ address/],
    ['DATABASE_READ_URL', 'replica', /DATABASE_READ_URL must be/],
    ['DATABASE_READ_URL', 'mysql://reader@replica.example/activity', /DATABASE_READ_URL must be absent with SQLite/],
  ])('are refused with their name and the allowed values: %s=%s', (name, value, message) => {
    expect(messageOf({ [name]: value })).toMatch(message);
  });

  it.each(['*', 'http://localhost:5173', 'https://one.example, https://[2001:db8::1]:8443,', 'capacitor://localhost'])(
    'allow the origins %s',
    (origins) => {
      expect(loadConfig({ CORS_ORIGINS: origins }).CORS_ORIGINS).toBe(origins);
    },
  );

  it.each([
    'https://one.example/',
    'https://one.example/panel',
    'https://one.example, two.example',
    'https://One.example',
    'https://one.example:443',
    'https://user@one.example',
    'https://*.one.example',
    'https://one.example https://two.example',
    'null',
  ])('refuse the origins %s, which no browser sends', (origins) => {
    expect(messageOf({ CORS_ORIGINS: origins })).toMatch(/CORS_ORIGINS must be origins such as https:/);
  });

  it('are all refused at once', () => {
    const message = messageOf({ PORT: 'http', LOG_LEVEL: 'loud', TRUST_PROXY: 'true' });
    for (const name of ['PORT', 'LOG_LEVEL', 'TRUST_PROXY']) expect(message).toContain(name);
  });

  it.each([
    'mysql://root:hush-hush@db.example',
    'mysql://root:hush-hush%ZZ@db.example/activity',
    'mysql://root:hush-hush@db.example/activity?ssl-mode=REQUIRED',
    'mysql://root:hush-hush@db.example:port/activity',
    'mysql://root:hush-hush#1@db.example/activity',
    'postgres://root:hush-hush@db.example/activity',
    'root:hush-hush@db.example/activity',
  ])('never show the password of the database: %s', (url) => {
    for (const name of ['DATABASE_URL', 'DATABASE_READ_URL']) {
      const message = messageOf({ [name]: url });
      expect(message).toContain(name);
      expect(message).not.toContain('hush');
    }
  });

  it('never show the password of the demo', () => {
    expect(messageOf({ DEMO_PASSWORD: 'hush-hush' })).not.toContain('hush');
  });

  it('refuse a longer time for the headers of a request than for the whole request', () => {
    expect(loadConfig({ REQUEST_SECONDS: '5', HEADERS_SECONDS: '5' })).toMatchObject({ HEADERS_SECONDS: 5 });
    expect(messageOf({ REQUEST_SECONDS: '5' })).toContain('HEADERS_SECONDS must not be more than REQUEST_SECONDS');
    expect(messageOf({ MAX_CONNECTIONS: '0' })).toContain('MAX_CONNECTIONS must not be less than 1');
  });
});
