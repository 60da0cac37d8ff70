import { createConnection } from 'mysql2/promise';
import { loadConfig } from '../../../src/config/config';
import {
  readConnectionOptions,
  readSourceOptions,
  writeSourceOptions,
} from '../../../src/database/sources/data-sources';
import { runCommand } from '../../support/command';
import { freshDatabase, onServer, type TestDatabase } from '../../support/database';
import { ServiceProcess } from '../../support/process';

/** The file with the certificate of the authority that signed the server's certificate, if the server has TLS. */
const CA = process.env.TEST_DATABASE_CA;
const MODES = ['verify-ca', 'verify-identity'];

describe('TLS to the database', () => {
  let database: TestDatabase;
  beforeAll(async () => (database = await freshDatabase()));
  afterAll(() => database.drop());

  /** The settings for a database; one at `localhost`, because certificates are for names. */
  const settingsFor = (mode: string, url = database.url.replace('127.0.0.1', 'localhost')) => ({
    DATABASE_URL: url,
    DATABASE_TLS: mode,
    DATABASE_WAIT_SECONDS: '0',
    NODE_EXTRA_CA_CERTS: '',
  });

  it.each(MODES)('%s is refused without a server, or if its certificate cannot be verified', async (mode) => {
    const refusal = onServer
      ? /^The database server .* (does not offer TLS, which|has no certificate that) DATABASE_TLS .*\(HANDSHAKE_\w+\)\.$/m
      : /DATABASE_TLS must be off with SQLite/;
    await expect(runCommand('migrate', settingsFor(mode))).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(refusal) as string,
    });
  });

  it.each([
    ['verify-ca', false],
    ['verify-identity', true],
  ])('%s verifies the signature of the certificate, and that it is for the host: %s', (mode, verifyIdentity) => {
    const config = loadConfig({ DATABASE_URL: 'mysql://root@db.example/activity', DATABASE_TLS: mode });
    const ssl = { rejectUnauthorized: true, verifyIdentity };
    expect(readConnectionOptions(config)).toMatchObject({ ssl });
    expect(writeSourceOptions(config, [])).toMatchObject({ ssl });
    expect(readSourceOptions(config, [])).toMatchObject({ ssl });
  });

  it('off has no options of TLS at all', () => {
    const config = loadConfig({ DATABASE_URL: 'mysql://root@db.example/activity', DATABASE_TLS: 'off' });
    expect(readConnectionOptions(config)).not.toHaveProperty('ssl');
    expect(writeSourceOptions(config, [])).not.toHaveProperty('ssl');
    expect(readSourceOptions(config, [])).not.toHaveProperty('ssl');
  });

  it('verify-identity is refused with an IP address, which no certificate names', () => {
    const load = (host: string) =>
      loadConfig({ DATABASE_URL: `mysql://root@${host}/activity`, DATABASE_TLS: 'verify-identity' });
    expect(() => load('127.0.0.1')).toThrow(/DATABASE_TLS must not be verify-identity with an IP address/);
    expect(() => load('[2001:db8::1]')).toThrow(/DATABASE_TLS must not be verify-identity with an IP address/);
    expect(load('db.example').DATABASE_TLS).toBe('verify-identity');
  });

  if (!CA) return;

  describe('of a user who must use it', () => {
    const user = `tls_test_${process.pid}`;
    const password = 'only-over-tls';
    /** Runs a statement as the administrator of the server, without TLS. */
    const run = async (sql: string) => {
      const connection = await createConnection(database.url);
      await connection.query(sql).finally(() => connection.end());
    };
    const urlAt = (host: string) => {
      const url = new URL(database.url);
      return Object.assign(url, { username: user, password, hostname: host }).toString();
    };
    const trusting = (mode: string, host: string) => ({ ...settingsFor(mode, urlAt(host)), NODE_EXTRA_CA_CERTS: CA });

    beforeAll(async () => {
      await run(`CREATE USER '${user}'@'%' IDENTIFIED BY '${password}' REQUIRE SSL`);
      await run(`GRANT ALL ON ${new URL(database.url).pathname.slice(1)}.* TO '${user}'@'%'`);
    });
    afterAll(() => run(`DROP USER '${user}'@'%'`));

    it.each(MODES)('%s encrypts every connection, also those of exports', async (mode) => {
      const settings = trusting(mode, 'localhost');
      await runCommand('migrate', settings);
      const email = `manager@${mode}.example`;
      const created = await runCommand('create-account', settings, [
        ...['--name', mode, '--time-zone', 'UTC', '--email', email, '--manager-name', 'Maria Manager'],
      ]);
      const service = await ServiceProcess.start(settings);
      try {
        const login = await fetch(`${service.url}/v1/auth/login`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ email, password: /\n {2}(\S+)\n/.exec(created)![1] }),
        });
        const { token } = (await login.json()) as { token: string };
        const report = await fetch(`${service.url}/v1/reports/users-activity.csv`, {
          headers: { authorization: `Bearer ${token}` },
        });
        expect(report.status).toBe(200);
        expect(await report.text()).toContain('Maria Manager,Login,');
      } finally {
        await service.kill();
      }
    });

    it('is needed by this user', async () => {
      await expect(runCommand('migrate', trusting('off', 'localhost'))).rejects.toMatchObject({
        stderr: expect.stringContaining('ER_ACCESS_DENIED_ERROR') as string,
      });
    });
  });
});
