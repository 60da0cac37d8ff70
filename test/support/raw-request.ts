import { Agent, request as send, type OutgoingHttpHeaders } from 'node:http';
import type { ReceivedAnswer } from './contract-answers';

/** A request that is sent exactly as written. */
export interface RawRequest {
  readonly method: string;
  /** The path and the query, as in the request line. */
  readonly target: string;
  readonly headers: OutgoingHttpHeaders;
  readonly body?: string | Buffer;
}

/** Sends requests without changing their paths, headers or bodies, over connections that stay open. */
export class RawClient {
  private readonly agent = new Agent({ keepAlive: true });
  private readonly host: URL;

  constructor(url: string) {
    this.host = new URL(url);
  }

  send({ method, target, headers, body }: RawRequest): Promise<ReceivedAnswer> {
    const { hostname, port } = this.host;
    return new Promise((resolve, reject) => {
      const request = send({ hostname, port, agent: this.agent, method, path: target, headers }, (response) => {
        const chunks: Buffer[] = [];
        const contentType = response.headers['content-type'] ?? '';
        const finish = () => {
          resolve({ status: response.statusCode!, contentType, body: Buffer.concat(chunks) });
        };
        response.on('error', reject);
        response.on('end', finish);
        response.on('data', (chunk: Buffer) => {
          chunks.push(chunk);
          if (!contentType.startsWith('text/event-stream')) return;
          // Such a response may never end.
          response.off('error', reject).on('error', () => undefined);
          finish();
          response.destroy();
        });
      });
      request.on('error', reject);
      request.end(body);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}
