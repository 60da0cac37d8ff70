import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { appendFileSync, mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { securityHeaders } from '../../src/http/server/security-headers';
import { declaredHeaders, operationOf } from './declared-problems';

/** The folder in which each test process writes the headers that it saw, for the reporter of the whole run. */
const DIRECTORY = resolve('var/seen-headers');

/** Headers of every response, which no operation declares: helmet's, Node's, those of the body, and those of compression. */
const COMMON: ReadonlySet<string> = new Set([
  ...Object.keys(securityHeaders()),
  'cache-control',
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'date',
  'transfer-encoding',
  'vary',
]);

/** Compares the headers of each response with the contract of its operation. */
export class SeenHeaders {
  private readonly seen = new Set<string>();
  private readonly undeclared = new Set<string>();

  /** Observes the responses of a service that does not listen yet. */
  watch(app: NestFastifyApplication): void {
    const server: FastifyInstance = app.getHttpAdapter().getInstance();
    server.addHook('onResponse', ({ method, routeOptions: { url = '' }, is404 }, reply, done) => {
      const names = Object.entries(reply.getHeaders()).filter(([name, value]) => !isOfCors(name, value));
      // A method that a path does not have, and an error of the service itself, belong to no operation.
      if (!is404 && ![405, 500].includes(reply.statusCode)) {
        for (const [name] of names) this.add(method === 'HEAD' ? 'GET' : method, url, reply.statusCode, name);
      }
      done();
    });
  }

  /** Writes the headers that were seen. @throws Error if the contract does not declare one of them */
  check(): void {
    if (this.seen.size > 0) {
      mkdirSync(DIRECTORY, { recursive: true });
      appendFileSync(resolve(DIRECTORY, `${process.pid}.txt`), [...this.seen, ''].join('\n'));
    }
    if (this.undeclared.size === 0) return;
    throw new Error(`Headers that the contract does not declare:\n  ${[...this.undeclared].sort().join('\n  ')}`);
  }

  private add(method: string, url: string, status: number, name: string): void {
    const operation = operationOf(method, url);
    if (!operation) return;
    const header = `${operation.method} ${operation.path} ${status} ${name}`;
    if (declaredHeaders(operation, status).includes(name)) this.seen.add(header);
    else if (!COMMON.has(name)) this.undeclared.add(header);
  }
}

/** Returns whether a header belongs to CORS, which a setting turns on for every response. */
function isOfCors(name: string, value: unknown): boolean {
  return name.startsWith('access-control-') || (name === 'vary' && String(value) === 'Origin');
}
