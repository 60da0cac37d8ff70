import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { FAULTS, mountSmallDisk, unmount } from './faults';
import { MariaDbServer } from './mariadb-server';
import { printOutcome, printSummary } from './print';
import { makeFolder, removeFolder, Testbed, type Outcome } from './testbed';

export const summary = 'kills the service and its database, fills the disk, exhausts the pool, steps the clock back';

type Kind = 'sqlite' | 'mariadb';
const KINDS: readonly Kind[] = ['sqlite', 'mariadb'];

/**
 * Checks that no acknowledged change is lost, and no change lacks its audit record, while processes and resources fail.
 * @param options names of databases, and words in the names of faults to run, such as `sqlite disk`; all by default
 */
export async function run(options: readonly string[]): Promise<boolean> {
  const selected = KINDS.filter((kind) => options.includes(kind));
  const words = options.filter((option) => !KINDS.some((kind) => kind === option));
  let hasPassed = true;
  for (const kind of selected.length > 0 ? selected : KINDS) {
    if (!(await runOn(kind, words))) hasPassed = false;
  }
  return hasPassed;
}

async function runOn(kind: Kind, words: readonly string[]): Promise<boolean> {
  const faults = FAULTS.filter(
    ({ name, on }) => on.includes(kind) && (words.length === 0 || words.some((word) => name.includes(word))),
  );
  if (faults.length === 0) return true;
  const folder = await makeFolder();
  await chmod(folder, 0o755);
  const disk = join(folder, 'disk');
  await mkdir(disk);
  const isSmall = kind === 'sqlite' && (await mountSmallDisk(disk));
  const server = kind === 'mariadb' ? await MariaDbServer.prepare(join(folder, 'mariadb')) : undefined;
  let testbed: Testbed | undefined;
  let hasPassed = true;
  try {
    await server?.start();
    await server?.query('CREATE DATABASE faults CHARACTER SET utf8mb4');
    const url = server ? server.url('faults') : `sqlite:${join(disk, 'faults.db')}`;
    console.log(`\n${kind === 'sqlite' ? 'SQLite' : 'MariaDB'}   (logs in ${folder})`);
    testbed = await Testbed.open(folder, [url]);
    for (const [number, fault] of faults.entries()) {
      if (fault.name.startsWith('disk') && !isSmall) {
        console.log(`  ${fault.name}: NOT RUN, because only root can mount a small tmpfs.`);
        continue;
      }
      const { service } = testbed;
      service.overrides = fault.settings ?? {};
      await service.kill();
      await service.start();
      const smallDisk = isSmall ? disk : undefined;
      const [journal, recoveries] = await testbed.runUnderLoad(`${kind}${number}`, (current) =>
        fault.inject({ service, journal: current, url, server, smallDisk }),
      );
      // Discards what is only in the memory of the process, or in a transaction that it left open.
      service.overrides = {};
      await service.kill();
      await service.start();
      const outcome: Outcome = { name: fault.name, journal, recoveries, ...(await testbed.collectFindings(journal)) };
      if (!printOutcome(outcome)) hasPassed = false;
    }
    printSummary(testbed.services);
  } finally {
    await testbed?.close();
    await server?.kill();
    if (isSmall) await unmount(disk);
    if (hasPassed) await removeFolder(folder);
  }
  return hasPassed;
}
