import { Recorder } from '../../../src/audit/recording/recorder';
import { UnitOfWork } from '../../../src/database/unit-of-work';
import { onServer } from '../../support/database';
import { FeedFollower, type FeedPageBody } from '../../support/feed';
import { scaled } from '../../support/scale';
import { useManager } from '../../support/use-people';
import { useServices } from '../../support/use-service';

/** How long the transaction stays open. */
const OPEN_MILLISECONDS = scaled(10_000, 1000);

describe('a transaction that stays open while others commit', () => {
  const services = useServices();
  const [service, other = service] = services;
  const manager = useManager(service);

  it('gets its place in the feed after them, and later than everything that was settled meanwhile', async () => {
    const pages: FeedPageBody[] = [];
    const follower = new FeedFollower(manager, { limit: 1000 });
    const follow = async (wait: number) => pages.push(await follower.next({ wait }));
    await follow(0);

    let close = (): void => undefined;
    const isClosed = new Promise<void>((resolve) => (close = resolve));
    let open = (): void => undefined;
    const isOpen = new Promise<void>((resolve) => (open = resolve));
    const actor = { accountId: manager.user.account.id, userId: null, userName: 'Slow', userEmail: null };
    const action = { actor, occurredAt: new Date(), type: 'page.accessed', outcome: 'failure', fields: {} } as const;
    const slow = service.app.get(UnitOfWork).run(async () => {
      await service.app.get(Recorder).recordPast([action]);
      open();
      await isClosed;
    });
    await isOpen;

    const view = (page: string) =>
      fetch(`${other.url}/v1/page-views`, {
        method: 'POST',
        headers: { authorization: `Bearer ${manager.token!}`, 'content-type': 'application/json' },
        body: JSON.stringify({ page }),
      });
    const views: Promise<Response>[] = [];
    const end = performance.now() + OPEN_MILLISECONDS;
    while (performance.now() < end) {
      // SQLite has one writer, so there they wait for the transaction.
      if (onServer || views.length < 5) views.push(view(`/meanwhile/${views.length}`));
      if (onServer) await views.at(-1);
      await follow(onServer ? 0 : 1);
    }
    const seenMeanwhile = follower.rows.length;
    expect(follower.rows.filter(({ user }) => user.name === 'Slow')).toEqual([]);
    close();
    await slow;
    for (const response of await Promise.all(views)) expect(response.status).toBe(201);
    const isLast = () =>
      follower.rows.filter(({ page }) => String(page).startsWith('/meanwhile')).length === views.length;
    while (!isLast() || !follower.rows.some(({ user }) => user.name === 'Slow')) await follow(5);

    const { rows } = follower;
    expect(rows.map(({ sequence }) => sequence)).toEqual(rows.map((_, place) => place + 1));
    expect(rows.findIndex(({ user }) => user.name === 'Slow')).toBeGreaterThanOrEqual(seenMeanwhile);
    if (onServer) expect(seenMeanwhile).toBeGreaterThan(views.length / 2);
    let settled = '';
    expect(pages.filter(({ hasMore, data }) => !hasMore && data.length > 0)).not.toEqual([]);
    for (const { data, settledThrough, hasMore } of pages) {
      expect(data.filter(({ recordedAt }) => recordedAt <= settled)).toEqual([]);
      if (!hasMore) settled = settledThrough!;
    }
  }, 180_000);
});
