import { chmod } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { disableEachOther } from './access-race';
import { makeWorkDue, createWork, findUnfinishedWork } from './due-work';
import { GaleraCluster } from './galera-cluster';
import type { Journal } from './journal';
import { waitUntil } from './network';
import { printOutcome, printSummary } from './print';
import { makeFolder, measureRecovery, removeFolder, Testbed } from './testbed';

export const summary = 'three services over three Galera nodes, of which two are killed and brought back';

/** Duration of the load: longer than the longest interval of a job, so that each process has run each job. */
const LOAD_SECONDS = 75;
const PIECES_OF_WORK = 30;
/** Indexes of the nodes to kill, in order. Node 0 is the one that bootstrapped the cluster. */
const NODES_TO_KILL = [1, 0];

/**
 * Checks that the service works on a cluster: nothing is lost, nothing is done twice, and no request fails with an
 * internal error.
 */
export async function run(): Promise<boolean> {
  const folder = await makeFolder();
  await chmod(folder, 0o755);
  let cluster: GaleraCluster | undefined;
  let testbed: Testbed | undefined;
  let hasPassed = false;
  try {
    cluster = await GaleraCluster.start(folder);
    await cluster.nodes[0]!.query('CREATE DATABASE faults CHARACTER SET utf8mb4');
    console.log(`\nGalera, three nodes   (logs in ${folder})`);
    testbed = await Testbed.open(
      folder,
      cluster.nodes.map((node) => node.url('faults')),
    );
    hasPassed = await runOn(cluster, testbed);
  } finally {
    await testbed?.close();
    await cluster?.stop();
    if (hasPassed) await removeFolder(folder);
  }
  return hasPassed;
}

async function runOn(cluster: GaleraCluster, testbed: Testbed): Promise<boolean> {
  const work = await createWork(await testbed.shop.manager(testbed.service.url), PIECES_OF_WORK);
  await testbed.withDatabase((source) => makeWorkDue(source, work));
  const interruptions: number[] = [];
  const [journal, recoveries] = await testbed.runUnderLoad('galera', async (current) => {
    const end = performance.now() + LOAD_SECONDS * 1000;
    const recoveries: number[] = [];
    for (const node of NODES_TO_KILL) {
      await setTimeout(10_000);
      const [interruption, recovery] = await killAndRestart(cluster, testbed, node, current);
      interruptions.push(interruption);
      recoveries.push(recovery);
    }
    await setTimeout(Math.max(0, end - performance.now()));
    return recoveries;
  });
  await waitForMails(testbed);
  let hasPassed = true;
  for (const [node, service] of testbed.services.entries()) {
    await service.stop();
    await service.start();
    const name = `two nodes killed (-9) and brought back, as node ${node + 1} has it`;
    if (!printOutcome({ name, journal, recoveries, ...(await testbed.collectFindings(journal, node)) }))
      hasPassed = false;
  }
  console.log(
    `    interruption of the other services: ${interruptions.map((ms) => `${(ms / 1000).toFixed(2)} s`).join(', ')}`,
  );
  if (!(await checkMails(testbed))) hasPassed = false;
  const unfinished = await testbed.withDatabase((source) => findUnfinishedWork(source, work));
  console.log(
    `  renewals and refunds by three processes: ${2 * PIECES_OF_WORK}, not done exactly once: ${unfinished.length}`,
  );
  for (const line of unfinished.slice(0, 5)) console.log(`      ${line}`);
  const [first, second] = testbed.services;
  const race = await disableEachOther({ DATABASE_URL: cluster.nodes[0]!.url('faults') }, [first!.url, second!.url]);
  console.log(
    `  managers who disable each other through two nodes: ${race.rounds} rounds, nobody left in ${race.lockedOut}`,
  );
  printSummary(testbed.services);
  return hasPassed && unfinished.length === 0 && race.lockedOut === 0;
}

/**
 * Kills a node and restarts it. Returns the longest time without an acknowledgement by the services of the other nodes,
 * and the time from the node's return until its own service acknowledged an operation, both in milliseconds.
 */
async function killAndRestart(
  cluster: GaleraCluster,
  testbed: Testbed,
  node: number,
  journal: Journal,
): Promise<[interruption: number, recovery: number]> {
  const ownUrls = [testbed.services[node]!.url];
  const otherUrls = testbed.services.map(({ url }) => url).filter((url) => !ownUrls.includes(url));
  const killTime = performance.now();
  await cluster.nodes[node]!.kill();
  await setTimeout(6000);
  const interruption = journal.longestGap(killTime, performance.now(), otherUrls);
  await cluster.restart(node);
  await cluster.waitUntilSynced(node);
  return [interruption, await measureRecovery(performance.now(), journal, ownUrls)];
}

/**
 * Waits for the outbox to become empty, at most 40 seconds; mails that a killed process had claimed stay in it longer.
 */
async function waitForMails(testbed: Testbed): Promise<void> {
  await waitUntil('the outbox is empty', async () => (await findWaitingMails(testbed)).length === 0, 40).catch(
    () => undefined,
  );
}

function findWaitingMails(testbed: Testbed): Promise<unknown[]> {
  return testbed.withDatabase((source) => source.query(`SELECT id FROM outgoing_mails WHERE status <> 'sent'`));
}

/** Returns whether each queued mail was sent exactly once. */
async function checkMails(testbed: Testbed): Promise<boolean> {
  const ids = testbed.mails.mails.map(({ messageId }) => messageId);
  const queued = await testbed.withDatabase((source) => source.query<unknown[]>('SELECT id FROM outgoing_mails'));
  const waiting = await findWaitingMails(testbed);
  const duplicates = ids.length - new Set(ids).size;
  console.log(
    `  mails: queued ${queued.length}, sent ${new Set(ids).size}, sent twice ${duplicates}, still waiting ${waiting.length}`,
  );
  return duplicates === 0 && waiting.length === 0 && new Set(ids).size === queued.length;
}
