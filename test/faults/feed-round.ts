import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { FeedFollower, findDiscrepancies } from './feed-follower';
import { createFollowedAccount, FeedWriters, findLostRequests, type FollowedAccount } from './feed-writers';
import type { GaleraCluster } from './galera-cluster';
import { waitUntil } from './network';
import type { Testbed } from './testbed';

/** Sizes of the pages of the followers. */
const LIMITS = [7, 1000, 'stream'] as const;
/** Index of the cluster node to kill: the one that bootstrapped the cluster. */
const NODE_TO_KILL = 0;
/** Seconds within which every follower must be complete after the last write. */
const CATCH_UP_SECONDS = 60;

/** The outcome of a round. */
export interface RoundOutcome {
  /** Number of records of the account. */
  readonly records: number;
  readonly requests: number;
  /** Number of responses by status. */
  readonly answers: ReadonlyMap<string, number>;
  readonly kills: { readonly services: number; readonly followers: number; readonly nodes: number };
  /** Milliseconds from the last write until every follower was complete. */
  readonly catchUp: number;
  /** A sentence for each promise that was broken. */
  readonly discrepancies: readonly string[];
}

/** The records of an account, and its ledger. */
interface Stored {
  readonly ids: ReadonlySet<string>;
  /** Number of records by request id. */
  readonly byRequest: ReadonlyMap<string, number>;
  readonly sequences: readonly number[];
  readonly pending: number;
}

/** Writers and followers of a new account, while processes are killed. */
export class FeedRound {
  private serviceKills = 0;
  /** Index of the service whose database node was killed. */
  private lost: number | undefined;

  private constructor(
    private readonly testbed: Testbed,
    private readonly account: FollowedAccount,
    private readonly writers: FeedWriters,
    private readonly followers: readonly FeedFollower[],
  ) {}

  static async prepare(testbed: Testbed, settings: Record<string, string>, name: string): Promise<FeedRound> {
    const urls = testbed.services.map(({ url }) => url);
    const account = await createFollowedAccount(settings, testbed.service.url, name);
    const followers = LIMITS.map((limit, place) => {
      const own = [...urls.slice(place % urls.length), ...urls.slice(0, place % urls.length)];
      const file = join(testbed.folder, `${name}-${limit}.jsonl`);
      return new FeedFollower({ urls: own, token: account.followerToken, limit, file });
    });
    return new FeedRound(testbed, account, new FeedWriters(account, urls, name), followers);
  }

  /** Runs the round. Kills a node of a cluster half-way, and does not bring it back. */
  async run(seconds: number, cluster?: GaleraCluster): Promise<RoundOutcome> {
    const end = performance.now() + seconds * 1000;
    this.writers.start();
    for (const follower of this.followers) follower.start();
    await Promise.all([
      this.killServices(end, cluster ? NODE_TO_KILL : undefined),
      this.killFollowers(end),
      this.killNode(cluster, seconds),
    ]);
    await this.writers.stop();
    const stop = performance.now();
    const discrepancies = await this.waitUntilComplete();
    const catchUp = performance.now() - stop;
    const stored = await this.readStored();
    for (const follower of this.followers) await follower.stop();
    const { sent } = this.writers;
    return {
      records: stored.ids.size,
      requests: sent.length,
      answers: countBy(sent.map(({ status }) => String(status ?? 'no response'))),
      kills: {
        services: this.serviceKills,
        followers: this.followers.reduce((sum, { kills }) => sum + kills, 0),
        nodes: this.lost === undefined ? 0 : 1,
      },
      catchUp,
      discrepancies: [
        ...discrepancies,
        ...findLostRequests(sent, stored.byRequest),
        ...(stored.sequences.every((sequence, place) => sequence === place + 1) ? [] : ['the ledger has gaps']),
        ...this.followers.flatMap((follower) =>
          findDiscrepancies(follower.read(), stored.ids).map((found) => `${follower.name} ${found}`),
        ),
      ],
    };
  }

  /**
   * Kills one service after the other, and restarts it.
   * @param spared index of the service that is not killed, because it could not start again without its node
   */
  private async killServices(end: number, spared: number | undefined): Promise<void> {
    const { services } = this.testbed;
    for (let place = 0; ; place++) {
      await setTimeout(1500 + Math.random() * 2000);
      const service = services[place % services.length]!;
      if (performance.now() > end) return;
      if (place % services.length === spared) continue;
      await service.kill();
      this.serviceKills++;
      await setTimeout(Math.random() * 500);
      await service.start();
    }
  }

  private async killFollowers(end: number): Promise<void> {
    for (let place = 0; ; place++) {
      await setTimeout(200 + Math.random() * 1200);
      if (performance.now() > end) return;
      await this.followers[place % this.followers.length]!.interrupt();
    }
  }

  private async killNode(cluster: GaleraCluster | undefined, seconds: number): Promise<void> {
    if (!cluster) return;
    await setTimeout(seconds * 500);
    this.lost = NODE_TO_KILL;
    await cluster.nodes[NODE_TO_KILL]!.kill();
  }

  /** Waits until every follower has read as many records as there are. Returns who has not in time. */
  private async waitUntilComplete(): Promise<string[]> {
    const isComplete = async () => {
      const { ids, sequences, pending } = await this.readStored();
      return pending === 0 && sequences.length >= ids.size && this.followers.every((one) => countRows(one) >= ids.size);
    };
    return waitUntil('all followers are complete', isComplete, CATCH_UP_SECONDS).then(
      () => [],
      (error: unknown) => [(error as Error).message],
    );
  }

  private readStored(): Promise<Stored> {
    const { accountId } = this.account;
    const read = async (source: DataSource): Promise<Stored> => {
      const records = await source.query<{ id: string; request: string | null }[]>(
        'SELECT id, request_id AS request FROM activities WHERE account_id = ?',
        [accountId],
      );
      const entries = await source.query<{ sequence: number | string }[]>(
        'SELECT sequence FROM audit_ledger WHERE account_id = ? ORDER BY sequence',
        [accountId],
      );
      const pending = await source.query<unknown[]>('SELECT id FROM audit_pending WHERE account_id = ?', [accountId]);
      return {
        ids: new Set(records.map(({ id }) => id)),
        byRequest: countBy(records.flatMap(({ request }) => request ?? [])),
        sequences: entries.map(({ sequence }) => Number(sequence)),
        pending: pending.length,
      };
    };
    return this.testbed.withDatabase(read, this.lost === undefined ? 0 : this.lost + 1);
  }
}

function countRows(follower: FeedFollower): number {
  return follower.read().reduce((sum, { rows }) => sum + rows.length, 0);
}

function countBy(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}
