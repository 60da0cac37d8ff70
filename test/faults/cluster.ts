import { chmod } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { disableEachOther } from './access-race';
import { makeDue, orderWork, unfinishedWork } from './due-work';
import { GaleraCluster } from './galera-cluster';
import type { Journal } from './journal';
import { until } from './network';
import { printOutcome, printSummary } from './print';
import { makeFolder, recoveryAfter, removeFolder, Stage } from './stage';

export const summary = 'three services over three Galera nodes, of which two are killed and brought back';

/** Longer than the slowest job waits, so that each process has run each job. */
const LOAD_SECONDS = 75;
const PIECES_OF_WORK = 30;
/** Nodes are killed in this order; the second one is the node that the cluster began with. */
const KILLED = [1, 0];

/** Shows that a cluster is a normal place to run: nothing is lost, done twice, or answered by an error of the service. */
export async function run(): Promise<boolean> {
  const folder = await makeFolder();
  await chmod(folder, 0o755);
  let cluster: GaleraCluster | undefined;
  let stage: Stage | undefined;
  let held = false;
  try {
    cluster = await GaleraCluster.start(folder);
    await cluster.nodes[0]!.query('CREATE DATABASE faults CHARACTER SET utf8mb4');
    console.log(`\nGalera, three nodes   (logs in ${folder})`);
    stage = await Stage.open(
      folder,
      cluster.nodes.map((node) => node.url('faults')),
    );
    held = await runOn(cluster, stage);
  } finally {
    await stage?.close();
    await cluster?.stop();
    if (held) await removeFolder(folder);
  }
  return held;
}

async function runOn(cluster: GaleraCluster, stage: Stage): Promise<boolean> {
  const work = await orderWork(await stage.shop.manager(stage.service.url), PIECES_OF_WORK);
  await stage.withDatabase((source) => makeDue(source, work));
  const interruptions: number[] = [];
  const [journal, recoveries] = await stage.underLoad('galera', async (current) => {
    const end = performance.now() + LOAD_SECONDS * 1000;
    const results: number[] = [];
    for (const node of KILLED) {
      await setTimeout(10_000);
      const [interruption, recovery] = await killAndRestart(cluster, stage, node, current);
      interruptions.push(interruption);
      results.push(recovery);
    }
    await setTimeout(Math.max(0, end - performance.now()));
    return results;
  });
  await waitForMails(stage);
  let held = true;
  for (const [node, service] of stage.services.entries()) {
    await service.stop();
    await service.start();
    const name = `two nodes killed (-9) and brought back, as node ${node + 1} has it`;
    if (!printOutcome({ name, journal, recoveries, ...(await stage.findings(journal, node)) })) held = false;
  }
  console.log(
    `    interruption of the other services: ${interruptions.map((ms) => `${(ms / 1000).toFixed(2)} s`).join(', ')}`,
  );
  if (!(await checkMails(stage))) held = false;
  const unfinished = await stage.withDatabase((source) => unfinishedWork(source, work));
  console.log(
    `  renewals and refunds by three processes: ${2 * PIECES_OF_WORK}, not done exactly once ${unfinished.length}`,
  );
  for (const line of unfinished.slice(0, 5)) console.log(`      ${line}`);
  const [first, second] = stage.services;
  const race = await disableEachOther({ DATABASE_URL: cluster.nodes[0]!.url('faults') }, [first!.url, second!.url]);
  console.log(
    `  managers who disable each other through two nodes: ${race.rounds} rounds, nobody left ${race.lockedOut}`,
  );
  printSummary(stage.services);
  return held && unfinished.length === 0 && race.lockedOut === 0;
}

/**
 * Kills a node and brings it back. Returns the longest time in which the services of the other nodes acknowledged nothing, and
 * how long the node's own service took to acknowledge something when the node was back, both in milliseconds.
 */
async function killAndRestart(
  cluster: GaleraCluster,
  stage: Stage,
  node: number,
  journal: Journal,
): Promise<[interruption: number, recovery: number]> {
  const own = [stage.services[node]!.url];
  const others = stage.services.map(({ url }) => url).filter((url) => !own.includes(url));
  const killed = performance.now();
  await cluster.nodes[node]!.kill();
  await setTimeout(6000);
  const interruption = journal.longestGap(killed, performance.now(), others);
  await cluster.restart(node);
  await cluster.becomesSynced(node);
  return [interruption, await recoveryAfter(performance.now(), journal, own)];
}

/** Waits until the outbox is empty, or would be if no process had died with a mail in its hands. */
async function waitForMails(stage: Stage): Promise<void> {
  await until('the outbox is empty', async () => (await waitingMails(stage)).length === 0, 40).catch(() => undefined);
}

function waitingMails(stage: Stage): Promise<unknown[]> {
  return stage.withDatabase((source) => source.query(`SELECT id FROM outgoing_mails WHERE status <> 'sent'`));
}

/** Whether each mail went out once. */
async function checkMails(stage: Stage): Promise<boolean> {
  const ids = stage.mails.mails.map(({ messageId }) => messageId);
  const queued = await stage.withDatabase((source) => source.query<unknown[]>('SELECT id FROM outgoing_mails'));
  const waiting = await waitingMails(stage);
  const duplicates = ids.length - new Set(ids).size;
  console.log(
    `  mails: queued ${queued.length}, sent ${new Set(ids).size}, sent twice ${duplicates}, still waiting ${waiting.length}`,
  );
  return duplicates === 0 && waiting.length === 0 && new Set(ids).size === queued.length;
}
