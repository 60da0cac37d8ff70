import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { FeedRound, type RoundOutcome } from './feed-round';
import { GaleraCluster } from './galera-cluster';
import { MariaDbServer } from './mariadb-server';
import { printSummary } from './print';
import { makeFolder, removeFolder, Testbed } from './testbed';

export const summary = 'kills services and followers of the activity feed while records are written';

const KINDS = ['sqlite', 'mariadb', 'galera'] as const;
type Kind = (typeof KINDS)[number];

/** The servers of a database. */
interface Servers {
  /** URLs of the database, one for each service. */
  readonly urls: readonly string[];
  readonly cluster?: GaleraCluster;
  readonly stop: () => Promise<void>;
}

/**
 * Checks that following the feed gives every record exactly once, in the order of the ledger, while services, followers
 * and a cluster node are killed.
 * @param options `--database sqlite`, `mariadb` or `galera`; `--rounds` and `--seconds` of each
 */
export async function run(options: readonly string[]): Promise<boolean> {
  const { values } = parseArgs({
    args: [...options],
    options: {
      database: { type: 'string', default: 'sqlite' },
      rounds: { type: 'string', default: '1' },
      seconds: { type: 'string', default: '10' },
    },
  });
  const kind = KINDS.find((one) => one === values.database);
  if (!kind) throw new Error(`--database must be one of ${KINDS.join(', ')}.`);
  const folder = await makeFolder();
  await chmod(folder, 0o755);
  console.log(`\n${kind}   (logs in ${folder})`);
  let servers: Servers | undefined;
  let testbed: Testbed | undefined;
  let hasPassed = false;
  try {
    servers = await startServers(kind, folder);
    testbed = await Testbed.open(folder, servers.urls);
    hasPassed = await runRounds(testbed, servers, Number(values.rounds), Number(values.seconds));
    printSummary(testbed.services);
  } finally {
    await testbed?.close();
    await servers?.stop();
    if (hasPassed) await removeFolder(folder);
  }
  return hasPassed;
}

async function startServers(kind: Kind, folder: string): Promise<Servers> {
  if (kind === 'sqlite') {
    return { urls: [`sqlite:${join(folder, 'faults.db')}`], stop: () => Promise.resolve() };
  }
  if (kind === 'mariadb') {
    const server = await MariaDbServer.prepare(join(folder, 'mariadb'));
    await server.start();
    await server.query('CREATE DATABASE faults CHARACTER SET utf8mb4');
    return { urls: [server.url('faults'), server.url('faults')], stop: () => server.kill() };
  }
  const cluster = await GaleraCluster.start(folder);
  await cluster.nodes[0]!.query('CREATE DATABASE faults CHARACTER SET utf8mb4');
  return { urls: cluster.nodes.map((node) => node.url('faults')), cluster, stop: () => cluster.stop() };
}

/** Runs the rounds, and prints the outcome of each. Returns whether none found a discrepancy. */
async function runRounds(
  testbed: Testbed,
  { urls, cluster }: Servers,
  rounds: number,
  seconds: number,
): Promise<boolean> {
  const outcomes: RoundOutcome[] = [];
  while (outcomes.length < rounds) {
    const number = outcomes.length + 1;
    const round = await FeedRound.prepare(testbed, { DATABASE_URL: urls[0]! }, `round-${number}`);
    const outcome = await round.run(seconds, cluster);
    outcomes.push(outcome);
    print(number, outcome);
  }
  const sum = (countOf: (outcome: RoundOutcome) => number) => outcomes.reduce((total, one) => total + countOf(one), 0);
  const failed = outcomes.filter(({ discrepancies }) => discrepancies.length > 0).length;
  console.log(
    `  ${rounds} rounds: ${sum(({ records }) => records)} records, ` +
      `${sum(({ kills }) => kills.services)} services killed, ${sum(({ kills }) => kills.followers)} followers killed, ` +
      `${sum(({ kills }) => kills.nodes)} nodes killed, ${failed} rounds failed`,
  );
  return failed === 0;
}

function print(number: number, { records, requests, answers, kills, catchUp, discrepancies }: RoundOutcome): void {
  const statuses = [...answers].sort(([a], [b]) => a.localeCompare(b)).map(([status, times]) => `${status}: ${times}`);
  console.log(
    `  round ${number}: ${records} records of ${requests} requests (${statuses.join(', ')}); killed ${kills.services} ` +
      `services, ${kills.followers} followers, ${kills.nodes} nodes; complete ${(catchUp / 1000).toFixed(1)} s after the ` +
      `last write; ${discrepancies.length === 0 ? 'passed' : 'FAILED'}`,
  );
  for (const line of discrepancies.slice(0, 10)) console.log(`      ${line}`);
}
