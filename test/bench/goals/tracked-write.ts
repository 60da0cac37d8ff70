import { compareLoads, type Target } from '../load/compare-loads';
import { createSubscriptions } from '../service/subscriptions';
import type { Goal } from './goal';

/** As many as connections, so that no two requests wait for the lock of one row. */
const SUBSCRIPTIONS = 32;

/** P6: a tracked write, beside the same handler without its record. */
export const trackedWrite: Goal = {
  id: 'P6',
  title: 'a tracked write, beside the same handler untracked',
  measure: (bench) =>
    bench.withService(
      async ({ service: { url }, manager }) => {
        const references = await createSubscriptions(manager, SUBSCRIPTIONS);
        const headers = { ...manager.headers, 'content-type': 'application/json' };
        const body = JSON.stringify({ days: 1, comment: 'Customer request' });
        const extendAt = (what: string, prefix: string): Target => ({
          what,
          url,
          requests: references.map((reference) => ({
            method: 'POST',
            path: `${prefix}/subscriptions/${reference}/extend`,
            headers,
            body,
          })),
        });
        const tracked = extendAt('extend a subscription', '/v1');
        const untracked = extendAt('the same handler untracked', '/v1/untracked');
        return [await compareLoads('P6', tracked, untracked, { atLeast: 0.85 })];
      },
      { program: require.resolve('../service/untracked-service') },
    ),
};
