import type { ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { endProcess, startProcess } from './child-processes';

const PROGRAM = resolve(__dirname, 'follow-feed.process.js');

/** The task of the process that follows the feed. */
export interface FollowerTask {
  /** URLs of the services. The process uses the next one when one does not respond. */
  readonly urls: readonly string[];
  readonly token: string;
  /** The maximum number of records on a page, or `stream`. */
  readonly limit: number | 'stream';
  /** Path of the file that receives what the process has read. */
  readonly file: string;
}

/** Sequence, id and time of recording of a record. */
export type StoredRow = readonly [sequence: number, id: string, recordedAt: number];

/** A line of the file: a page, or an event of the stream. */
export interface StoredPart {
  readonly cursor: string | undefined;
  readonly rows: readonly StoredRow[];
  readonly settledThrough: number | null;
  /** Whether the follower has read everything up to `settledThrough`. */
  readonly isAtEnd: boolean;
  /** The problem that ended the process, which must not happen. */
  readonly problem?: string;
}

/** A process that follows the feed and can be killed at any time. It goes on with the cursor that it has stored. */
export class FeedFollower {
  kills = 0;
  private child: ChildProcess | undefined;

  constructor(private readonly task: FollowerTask) {}

  start(): void {
    this.child = startProcess(process.execPath, [PROGRAM, JSON.stringify(this.task)], { stdio: 'inherit' });
  }

  /** Kills the process (-9), and starts it again. */
  async interrupt(): Promise<void> {
    await this.stop();
    this.kills++;
    this.start();
  }

  async stop(): Promise<void> {
    await endProcess(this.child, 'SIGKILL');
  }

  /** Returns what the process has stored, without a last line that is not complete. */
  read(): StoredPart[] {
    const { file } = this.task;
    if (!existsSync(file)) return [];
    const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
    return lines.map((line) => JSON.parse(line) as StoredPart);
  }

  get name(): string {
    return this.task.limit === 'stream' ? 'stream' : `pages of ${this.task.limit}`;
  }
}

/**
 * Compares what a follower has stored with the records of the account.
 * @param ids of all records in the table
 * @returns a sentence for each discrepancy
 */
export function findDiscrepancies(parts: readonly StoredPart[], ids: ReadonlySet<string>): string[] {
  const rows = parts.flatMap((part) => part.rows);
  const seen = new Set(rows.map(([, id]) => id));
  const misplaced = rows.findIndex(([sequence], place) => sequence !== place + 1);
  const missing = [...ids].filter((id) => !seen.has(id));
  const unknown = [...seen].filter((id) => !ids.has(id));
  return [
    ...parts.flatMap(({ problem }) => (problem === undefined ? [] : [`ended with ${problem}`])),
    ...(misplaced < 0 ? [] : [`has sequence ${rows[misplaced]![0]} in place ${misplaced + 1}`]),
    ...(seen.size === rows.length ? [] : [`got ${rows.length - seen.size} records more than once`]),
    ...(missing.length === 0 ? [] : [`misses ${missing.length} records, such as ${missing[0]}`]),
    ...(unknown.length === 0 ? [] : [`has ${unknown.length} records that are not in the table`]),
    ...findUnsettled(parts),
  ];
}

/** Finds records that arrived although their time of recording was settled. */
function findUnsettled(parts: readonly StoredPart[]): string[] {
  let settled = 0;
  let count = 0;
  for (const { rows, settledThrough, isAtEnd } of parts) {
    count += rows.filter(([, , recordedAt]) => recordedAt <= settled).length;
    if (isAtEnd) settled = Math.max(settled, settledThrough ?? 0);
  }
  return count === 0 ? [] : [`got ${count} records whose time of recording was settled`];
}
