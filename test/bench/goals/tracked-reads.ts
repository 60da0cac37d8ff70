import { bareRoutes } from '../baselines/bare-routes';
import { compareLoads, type Target } from '../load/compare-loads';
import { createSubscriptions } from '../service/subscriptions';
import type { Goal } from './goal';

/** P5: requests that only write a record, beside a bare route that writes a row. */
export const trackedReads: Goal = {
  id: 'P5',
  title: 'page views and tracked pages, beside a bare route that inserts a row',
  measure: (bench) =>
    bench.withService(({ service: { url }, manager }) =>
      bench.withBareService(async (bare) => {
        await createSubscriptions(manager, 10);
        const { insert } = bareRoutes(bare);
        const headers = { ...manager.headers, 'content-type': 'application/json' };
        const body = JSON.stringify({ page: '/orders/2000001', title: 'Order 2000001' });
        const views: Target = {
          what: 'POST /v1/page-views',
          url,
          requests: [{ method: 'POST', path: '/v1/page-views', headers, body }],
        };
        const path = '/v1/subscriptions?limit=10';
        const list: Target = {
          what: `GET ${path}`,
          url,
          requests: [{ method: 'GET', path, headers: manager.headers }],
        };
        return [
          await compareLoads('P5', views, insert, { atLeast: 0.35 }),
          await compareLoads('P5', list, insert, { atLeast: 0.3 }),
        ];
      }),
    ),
};
