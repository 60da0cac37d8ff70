import { createServer, type Server, type Socket } from 'node:net';
import { freshDatabase } from '../../support/database';
import { close, closedPort, databaseUrl, open } from '../../support/ports';
import { BuiltProcess, type Exit } from '../../support/process';

/** The error packet with which MySQL refuses a connection, instead of its greeting. */
function errorPacket(code: number, state: string, message: string): Buffer {
  const payload = Buffer.concat([Buffer.from([0xff, code & 0xff, code >> 8]), Buffer.from(`#${state}${message}`)]);
  return Buffer.concat([Buffer.from([payload.length, 0, 0, 0]), payload]);
}

const TOO_MANY = errorPacket(1040, '08004', 'Too many connections');
const TOO_MANY_OF_USER = errorPacket(1203, '42000', 'User shop already has more than max_user_connections');
const HOST_BLOCKED = errorPacket(1129, 'HY000', 'Host is blocked because of many connection errors');
const ACCESS_DENIED = errorPacket(1045, '28000', "Access denied for user 'shop'@'127.0.0.1' (using password: YES)");
const UNKNOWN_DATABASE = errorPacket(1049, '42000', "Unknown database 'shop'");

interface Tried {
  readonly msg: string;
  readonly code: string;
  readonly attempt: number;
}

/** The lines that the service logged about tries to connect; every line must be JSON. */
function triesIn({ lines }: Exit): Tried[] {
  return lines.map((line) => JSON.parse(line) as Tried).filter((line) => 'attempt' in line);
}

describe('a start that gives up', () => {
  const servers: Server[] = [];
  afterEach(() => Promise.all(servers.splice(0).map(close)));

  /** A server that greets one connection after the other with these packets, and all further ones with the last. */
  async function refusing(...packets: readonly Buffer[]): Promise<string> {
    let connections = 0;
    const server = createServer((socket: Socket) => {
      socket.on('error', () => undefined).end(packets[Math.min(connections++, packets.length - 1)]!);
    });
    servers.push(server);
    return databaseUrl(await open(server));
  }

  const exitOf = (DATABASE_URL: string, DATABASE_WAIT_SECONDS = '600', script = ['main.js']): Promise<Exit> =>
    BuiltProcess.start(script, { DATABASE_URL, DATABASE_WAIT_SECONDS }).exit;

  it('logs one JSON line per try, then says in one line why it ends', async () => {
    const exit = await exitOf(databaseUrl(await closedPort()), '2');
    const tries = triesIn(exit);
    expect(tries.length).toBeGreaterThan(1);
    expect(tries.map(({ attempt }) => attempt)).toEqual(tries.map((_, index) => index + 1));
    for (const { msg, code } of tries) expect([msg, code]).toEqual([expect.any(String), 'ECONNREFUSED']);
    expect(exit.code).toBe(1);
    expect(exit.stderr).toMatch(
      /^The database server 127\.0\.0\.1:\d+ does not answer \(ECONNREFUSED\)\. Gave up after 2 s\.\n$/,
    );
    expect(exit.lines.join()).not.toContain('a-secret-word');
  });

  it.each([
    ['a server without a free connection', TOO_MANY, 'does not accept more connections (ER_CON_COUNT_ERROR)'],
    [
      'a user without a free connection',
      TOO_MANY_OF_USER,
      'does not accept more connections (ER_TOO_MANY_USER_CONNECTIONS)',
    ],
    [
      'a server that blocks the host',
      HOST_BLOCKED,
      'does not accept connections from this machine (ER_HOST_IS_BLOCKED)',
    ],
  ])('waits for %s', async (_, packet, reason) => {
    const exit = await exitOf(await refusing(packet), '1');
    expect(triesIn(exit).length).toBeGreaterThan(0);
    expect(exit.code).toBe(1);
    expect(exit.stderr).toMatch(/^[^\n]+ Gave up after 1 s\.\n$/);
    expect(exit.stderr).toContain(reason);
  });

  it.each([
    [
      'a wrong password',
      ACCESS_DENIED,
      'refuses the user shop: the name or the password is wrong (ER_ACCESS_DENIED_ERROR).',
    ],
    ['an unknown database', UNKNOWN_DATABASE, 'has no database shop (ER_BAD_DB_ERROR).'],
  ])('does not wait for %s, which time does not mend', async (_, packet, reason) => {
    const exit = await exitOf(await refusing(TOO_MANY, packet));
    expect(triesIn(exit)).toMatchObject([{ attempt: 1, code: 'ER_CON_COUNT_ERROR' }]);
    expect(exit.code).toBe(1);
    expect(exit.stderr).toMatch(/^[^\n]+\n$/);
    expect(exit.stderr).toContain(reason);
  });

  it('waits as long for a migration, and says so', async () => {
    const exit = await exitOf(await refusing(TOO_MANY, TOO_MANY, UNKNOWN_DATABASE), '600', ['cli.js', 'migrate']);
    expect(exit.code).toBe(1);
    expect(exit.stderr.split('\n')).toEqual([
      expect.stringMatching(/does not accept more connections .* Trying for \d+ s more\.$/),
      expect.stringMatching(/does not accept more connections .* Trying for \d+ s more\.$/),
      expect.stringMatching(/has no database shop/),
      '',
    ]);
  });

  const ACCOUNT = ['--name', 'Shop', '--time-zone', 'UTC', '--email', 'a@shop.example', '--manager-name', 'Ann'];

  it.each([
    ['run-jobs', []],
    ['create-account', ACCOUNT],
    ['grant-access', ['--email', 'a@shop.example']],
  ])('ends the command %s at once, with one line', async (command, options) => {
    const exit = await exitOf(databaseUrl(await closedPort()), '600', ['cli.js', command, ...options]);
    expect(exit).toMatchObject({ code: 1, lines: [] });
    expect(exit.stderr).toMatch(/^The database server 127\.0\.0\.1:\d+ does not answer \(ECONNREFUSED\)\.\n$/);
  });

  it.each([
    ['main.js', []],
    ['cli.js', ['migrate']],
    ['cli.js', ['run-jobs']],
  ])('says in one line that a file cannot be opened: %s %j', async (file, options) => {
    const exit = await exitOf(`sqlite:${__dirname}`, '600', [file, ...options]);
    expect(exit.code).toBe(1);
    expect(exit.stderr).toMatch(/^The database file .+ can't be opened: EISDIR: [^\n]+\.\n$/);
  });

  it('says in one line that a file is no database', async () => {
    const exit = await exitOf(`sqlite:${__filename}`);
    expect(exit.code).toBe(1);
    expect(exit.stderr).toMatch(/^The database file .+ can't be opened: file is not a database \(SQLITE_NOTADB\)\.\n$/);
  });

  it.each([
    ['main.js', []],
    ['cli.js', ['run-jobs']],
    ['cli.js', ['create-account', ...ACCOUNT]],
  ])('names the command that a database without the schema needs: %s %j', async (file, options) => {
    const database = await freshDatabase();
    try {
      const exit = await exitOf(database.url, '600', [file, ...options]);
      expect(exit.code).toBe(1);
      expect(exit.stderr).toMatch(/^[^\n]*npm run migrate\n$/);
    } finally {
      await database.drop();
    }
  });

  it('says in one line that its port is taken', async () => {
    const server = createServer();
    servers.push(server);
    const PORT = String(await open(server));
    const exit = await BuiltProcess.start(['main.js'], { DATABASE_URL: databaseUrl(await closedPort()), PORT }).exit;
    expect(exit.code).toBe(1);
    expect(exit.stderr).toBe(`Port ${PORT} is in use. Set PORT to another one.\n`);
  });
});
