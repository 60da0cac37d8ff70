import { execFile } from 'node:child_process';
import { open, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { DataSource } from 'typeorm';
import { loadConfig } from '../../src/config/config';
import { writeSourceOptions } from '../../src/database/sources/data-sources';
import type { Journal } from './journal';
import type { MariaDbServer } from './mariadb-server';
import type { RunningService } from './running-service';
import { measureRecovery } from './testbed';

/** The processes and resources that a fault acts on. */
export interface Target {
  readonly service: RunningService;
  readonly journal: Journal;
  /** URL of the database. */
  readonly url: string;
  /** The database server; undefined for SQLite. */
  readonly server: MariaDbServer | undefined;
  /** The folder of the SQLite database, which is a small file system; undefined if it cannot be mounted. */
  readonly smallDisk: string | undefined;
}

/** A failure of the service, or of something it depends on. */
export interface Fault {
  readonly name: string;
  readonly on: readonly ('sqlite' | 'mariadb')[];
  /** Settings of the service while the fault is injected. */
  readonly settings?: Record<string, string>;
  /** Injects the fault several times. Returns the milliseconds that each recovery took. */
  readonly inject: (target: Target) => Promise<number[]>;
}

export const FAULTS: readonly Fault[] = [
  {
    name: 'service killed (-9), 6 times',
    on: ['sqlite', 'mariadb'],
    inject: (target) =>
      repeat(6, async () => {
        await setTimeout(1000 + Math.random() * 1500);
        const killTime = performance.now();
        await target.service.kill();
        // By then the clients have read the responses that were sent before.
        await setTimeout(100);
        const restartTime = performance.now();
        await target.service.start();
        return restartTime - killTime + (await measureRecovery(restartTime, target.journal));
      }),
  },
  {
    name: 'database killed (-9), 4 times',
    on: ['mariadb'],
    inject: ({ server, journal }) =>
      repeat(4, async () => {
        await setTimeout(1500 + Math.random() * 1500);
        await server!.kill();
        await setTimeout(1500);
        await server!.start();
        return measureRecovery(performance.now(), journal);
      }),
  },
  {
    name: 'disk full, 3 times',
    on: ['sqlite'],
    inject: ({ smallDisk, journal }) =>
      repeat(3, async () => {
        await setTimeout(2000);
        const filler = join(smallDisk!, 'filler');
        await fillDisk(filler);
        await setTimeout(3000);
        await rm(filler);
        return measureRecovery(performance.now(), journal);
      }),
  },
  {
    name: 'locked by another program for 3 s, twice',
    on: ['sqlite'],
    inject: ({ url, journal }) =>
      repeat(2, async () => {
        await setTimeout(2000);
        const source = await new DataSource(writeSourceOptions(loadConfig({ DATABASE_URL: url }), [])).initialize();
        await source.query('BEGIN IMMEDIATE');
        await setTimeout(3000);
        await source.query('ROLLBACK');
        await source.destroy();
        return measureRecovery(performance.now(), journal);
      }),
  },
  {
    name: 'pool of 1, its row locked for 3 s, twice',
    on: ['mariadb'],
    settings: { DATABASE_POOL_SIZE: '1' },
    inject: ({ server, journal }) =>
      repeat(2, async () => {
        await setTimeout(2000);
        const connection = await server!.connect();
        await connection.query('START TRANSACTION');
        await connection.query('SELECT * FROM faults.counters FOR UPDATE');
        await connection.query('SELECT * FROM faults.subscriptions FOR UPDATE');
        await setTimeout(3000);
        await connection.end();
        return measureRecovery(performance.now(), journal);
      }),
  },
  {
    name: 'server out of connections, twice',
    on: ['mariadb'],
    settings: { DATABASE_POOL_SIZE: '40' },
    inject: ({ server, service, journal }) =>
      repeat(2, async () => {
        await setTimeout(2000);
        const connection = await server!.connect();
        await connection.query('SET GLOBAL max_connections = 10');
        await service.kill();
        await service.start();
        await setTimeout(4000);
        await connection.query('SET GLOBAL max_connections = 300');
        await connection.end();
        return measureRecovery(performance.now(), journal);
      }),
  },
  {
    name: 'clock set back by an hour, twice',
    on: ['sqlite', 'mariadb'],
    inject: ({ service, journal }) =>
      repeat(2, async () => {
        await setTimeout(3000);
        const stepTime = performance.now();
        service.stepClockBack();
        const recovery = await measureRecovery(stepTime, journal);
        await setTimeout(3000);
        return recovery;
      }),
  },
];

/** Mounts a file system of 48 MB on a folder. Returns false if that is not permitted. */
export async function mountSmallDisk(folder: string): Promise<boolean> {
  try {
    await promisify(execFile)('mount', ['-t', 'tmpfs', '-o', 'size=48m,mode=0755', 'faults', folder]);
    return true;
  } catch {
    return false;
  }
}

export async function unmount(folder: string): Promise<void> {
  await promisify(execFile)('umount', [folder]);
}

/** Fills the disk of a file. */
async function fillDisk(path: string): Promise<void> {
  const file = await open(path, 'a');
  try {
    for (let { bavail } = await statfs(path); bavail > 0; { bavail } = await statfs(path)) {
      await file.write(Buffer.alloc(Math.min(bavail, 256) * 4096));
    }
  } catch (error) {
    if ((error as { code?: string }).code !== 'ENOSPC') throw error;
  } finally {
    await file.close();
  }
}

async function repeat(times: number, fault: () => Promise<number>): Promise<number[]> {
  const results: number[] = [];
  while (results.length < times) results.push(await fault());
  return results;
}
