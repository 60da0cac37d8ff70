import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { startProcess } from '../../faults/child-processes';
import { locate } from '../database/bench-database';
import { runProgram } from '../load/run-program';

/** The export with the command line client of the database. */
export interface CommandLineExport {
  /** The command, for the table of results. */
  readonly name: string;
  /** Writes the rows of a query to /dev/null, and returns the seconds that it took. */
  run(sql: string): Promise<number>;
}

/** Returns the export with the first client that is installed, or else with the driver as a substitute. */
export function chooseCommandLineExport(databaseUrl: string): CommandLineExport {
  const location = locate(databaseUrl);
  if (location.kind === 'sqlite') {
    if (!isInstalled('sqlite3')) return substitute(databaseUrl);
    return {
      name: 'sqlite3 -csv',
      run: (sql) => timeCommand('sqlite3', ['-readonly', '-csv', location.file, sql], {}),
    };
  }
  const client = ['mariadb', 'mysql'].find(isInstalled);
  if (client === undefined) return substitute(databaseUrl);
  const { host, port, username, password, database } = location;
  // The service does not use TLS either.
  const withoutTls = isMysql(client) ? '--ssl-mode=DISABLED' : '--skip-ssl';
  const options = ['--batch', '--quick', '--protocol=tcp', withoutTls, '--default-character-set=utf8mb4'];
  const address = [`--host=${host}`, `--port=${port}`, `--user=${username}`, database];
  return {
    name: `${client} --batch --quick`,
    run: (sql) => timeCommand(client, [...options, ...address, '-e', sql], { MYSQL_PWD: password }),
  };
}

function substitute(databaseUrl: string): CommandLineExport {
  return {
    name: 'the driver, because no client is installed',
    run: async (sql) => {
      const { seconds } = await runProgram<{ seconds: number }>('baselines/driver-export', { databaseUrl, sql });
      return seconds;
    },
  };
}

function isInstalled(command: string): boolean {
  return spawnSync(command, ['--version']).status === 0;
}

/** The client `mysql` of a MariaDB installation takes the options of MariaDB. */
function isMysql(client: string): boolean {
  return !spawnSync(client, ['--version'], { encoding: 'utf8' }).stdout.includes('MariaDB');
}

async function timeCommand(command: string, args: string[], more: Record<string, string>): Promise<number> {
  const start = performance.now();
  const child = startProcess(command, args, {
    env: { ...process.env, ...more },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`${command} ended with ${code}.`);
  return (performance.now() - start) / 1000;
}
