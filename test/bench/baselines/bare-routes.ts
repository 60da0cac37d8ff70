import type { Target } from '../load/compare-loads';
import type { BenchService } from '../service/bench-service';

/** Returns the bare routes of a running `bare-service`. */
export function bareRoutes({ url }: BenchService): Readonly<Record<'constant' | 'select' | 'insert', Target>> {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ page: '/orders/2000001', title: 'Order 2000001' });
  return {
    constant: { what: 'bare route', url, requests: [{ method: 'GET', path: '/constant' }] },
    select: { what: 'bare route with one SELECT', url, requests: [{ method: 'GET', path: '/row' }] },
    insert: { what: 'bare route with one INSERT', url, requests: [{ method: 'POST', path: '/row', headers, body }] },
  };
}
