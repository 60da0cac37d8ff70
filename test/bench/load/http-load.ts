import autocannon from 'autocannon';
import { asProgram } from './as-program';

/** A request that connections repeat. */
export interface LoadRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

export interface HttpLoad {
  readonly url: string;
  readonly connections: number;
  readonly seconds: number;
  /** Each connection repeats one of them. */
  readonly requests: readonly LoadRequest[];
}

export interface HttpLoadResult {
  readonly requestsPerSecond: number;
}

asProgram(async ({ url, connections, seconds, requests }: HttpLoad): Promise<HttpLoadResult> => {
  let place = 0;
  const result = await autocannon({
    url,
    connections,
    duration: seconds,
    timeout: 60,
    setupClient: (client) => {
      client.setRequests([requests[place++ % requests.length]!]);
    },
  });
  const { non2xx, errors } = result;
  if (non2xx + errors > 0) throw new Error(`${url}: ${non2xx} requests were refused and ${errors} failed.`);
  return { requestsPerSecond: result.requests.total / result.duration };
});
