import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, openSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import type { ChildProcess } from 'node:child_process';
import { promisify } from 'node:util';
import { createConnection, type Connection } from 'mysql2/promise';
import { endProcess, startProcess } from './child-processes';
import { findFreePorts, waitUntil } from './network';

const run = promisify(execFile);

/** PATH with the folders in which Debian installs servers, which are only on root's PATH. */
export const SERVER_PATH = `${process.env.PATH ?? ''}:/usr/sbin:/sbin`;
/**
 * The server runs without root privileges, because the scripts that copy data between cluster nodes do not work as
 * root.
 */
const SERVER_USER = process.getuid?.() === 0 ? 'nobody' : userInfo().username;

/** Throws an error that names the packages to install if commands are missing. */
export function requireCommands(commands: readonly string[], packages: string): void {
  const folders = SERVER_PATH.split(':');
  const missing = commands.filter((command) => !folders.some((folder) => existsSync(join(folder, command))));
  if (missing.length > 0) throw new Error(`Missing: ${missing.join(', ')}. Install the packages ${packages}.`);
}

/** A separate MariaDB server with its data in a folder and a port on 127.0.0.1, which can be killed and restarted. */
export class MariaDbServer {
  private child: ChildProcess | undefined;
  /** SQL file that is run at the first start. */
  private initFile: string | undefined;

  private constructor(
    readonly folder: string,
    readonly port: number,
    readonly password: string,
  ) {}

  /**
   * Prepares a server without starting it.
   * @param password of root; set if the server copies its data, and so its users, from another server
   */
  static async prepare(folder: string, password?: string): Promise<MariaDbServer> {
    requireCommands(['mariadbd', 'mariadb-install-db'], 'mariadb-server-core and mariadb-client-core');
    const [port] = await findFreePorts(1);
    await mkdir(join(folder, 'data'), { recursive: true });
    const server = new MariaDbServer(folder, port!, password ?? randomBytes(16).toString('hex'));
    if (password === undefined) await server.install();
    await run('chown', ['-R', SERVER_USER, folder]);
    return server;
  }

  /** Starts the server, and waits until it accepts connections. */
  async start(options: readonly string[] = []): Promise<void> {
    const log = openSync(join(this.folder, 'mariadbd.log'), 'a');
    const first = this.initFile === undefined ? [] : [`--init-file=${this.initFile}`];
    this.initFile = undefined;
    const child = startProcess('mariadbd', [...this.options(), ...first, ...options], {
      env: { ...process.env, PATH: SERVER_PATH },
      stdio: ['ignore', log, log],
    });
    this.child = child;
    await waitUntil(
      'MariaDB answers',
      async () => {
        if (child.exitCode !== null) throw new Error(`MariaDB ended:\n${await this.readLogEnd()}`);
        return this.isAnswering();
      },
      120,
    );
  }

  async kill(): Promise<void> {
    await endProcess(this.child, 'SIGKILL');
  }

  async stop(): Promise<void> {
    await endProcess(this.child, 'SIGTERM');
  }

  url(database: string): string {
    return `mysql://root:${this.password}@127.0.0.1:${this.port}/${database}`;
  }

  connect(): Promise<Connection> {
    const { port, password } = this;
    return createConnection({ host: '127.0.0.1', port, user: 'root', password, connectTimeout: 2000 });
  }

  /** Runs a statement on a new connection. */
  async query<Row>(sql: string): Promise<Row[]> {
    const connection = await this.connect();
    try {
      const [rows] = await connection.query(sql);
      return rows as Row[];
    } finally {
      await connection.end();
    }
  }

  /** Options of every start. */
  options(): string[] {
    const { folder, port } = this;
    return [
      '--no-defaults',
      `--user=${SERVER_USER}`,
      `--datadir=${join(folder, 'data')}`,
      `--socket=${join(folder, 'socket')}`,
      `--pid-file=${join(folder, 'pid')}`,
      `--port=${port}`,
      ...['--bind-address=127.0.0.1', '--skip-networking=0', '--skip-name-resolve', '--max-connections=300'],
      ...['--innodb-buffer-pool-size=64M', '--innodb-log-file-size=64M', '--performance-schema=OFF'],
    ];
  }

  private async install(): Promise<void> {
    const { folder, password } = this;
    const options = ['--no-defaults', `--datadir=${join(folder, 'data')}`, '--skip-test-db'];
    const env = { ...process.env, PATH: SERVER_PATH };
    await run('mariadb-install-db', [...options, '--auth-root-authentication-method=normal'], { env });
    this.initFile = join(folder, 'init.sql');
    await writeFile(this.initFile, `ALTER USER root@'127.0.0.1' IDENTIFIED BY '${password}';\n`);
  }

  private async isAnswering(): Promise<boolean> {
    try {
      await this.query('SELECT 1');
      return true;
    } catch {
      return false;
    }
  }

  private async readLogEnd(): Promise<string> {
    return (await readFile(join(this.folder, 'mariadbd.log'), 'utf8')).split('\n').slice(-15).join('\n');
  }
}
