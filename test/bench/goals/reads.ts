import { bareRoutes } from '../baselines/bare-routes';
import { compareLoads } from '../load/compare-loads';
import type { Goal } from './goal';

/** P4: the smallest requests, beside bare routes of the same framework. */
export const reads: Goal = {
  id: 'P4',
  title: 'requests that change nothing, beside bare routes',
  measure: (bench) =>
    bench.withService(({ service: { url }, manager: { headers } }) =>
      bench.withBareService(async (bare) => {
        const { constant, select } = bareRoutes(bare);
        const live = { what: 'GET /health/live', url, requests: [{ method: 'GET', path: '/health/live' }] as const };
        const me = {
          what: 'GET /v1/auth/me',
          url,
          requests: [{ method: 'GET', path: '/v1/auth/me', headers }] as const,
        };
        return [
          await compareLoads('P4', live, constant, { atLeast: 0.4 }),
          await compareLoads('P4', me, select, { atLeast: 0.4 }),
        ];
      }),
    ),
};
