import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { appendFileSync, mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { declaredCodes, operationOf } from './declared-problems';

/** Where each test process notes the problems that it saw, one a line; the reporter of the whole run reads them. */
const DIRECTORY = resolve('var/seen-problems');

/** Compares every problem that a service answers with the contract of its operation. */
export class SeenProblems {
  private readonly seen = new Set<string>();
  private readonly undeclared = new Set<string>();

  /** Watches the answers of a service that does not listen yet. */
  watch(app: NestFastifyApplication): void {
    const server: FastifyInstance = app.getHttpAdapter().getInstance();
    server.addHook('onSend', ({ method, routeOptions, is404 }, reply, payload, done) => {
      if (!is404 && String(reply.getHeader('content-type')).startsWith('application/problem+json')) {
        this.add(method, routeOptions.url ?? '', reply.statusCode, codeOf(payload));
      }
      done();
    });
  }

  /** Notes what was seen. @throws Error when the contract does not declare some of it */
  check(): void {
    if (this.seen.size > 0) {
      mkdirSync(DIRECTORY, { recursive: true });
      appendFileSync(resolve(DIRECTORY, `${process.pid}.txt`), [...this.seen, ''].join('\n'));
    }
    if (this.undeclared.size === 0) return;
    throw new Error(`Problems that the contract does not declare:\n  ${[...this.undeclared].sort().join('\n  ')}`);
  }

  private add(method: string, url: string, status: number, code: string): void {
    const operation = operationOf(method, url);
    // No operation promises an error of the service itself, which tests provoke by breaking something in it.
    if (!operation || code === 'internal_error') return;
    const problem = `${operation.method} ${operation.path} ${status} ${code}`;
    this.seen.add(problem);
    if (!declaredCodes(operation, status).includes(code)) this.undeclared.add(problem);
  }
}

/** The code of a problem; of an answer that waits for the rest of its request, it is in what is buffered. */
function codeOf(payload: unknown): string {
  if (!(payload instanceof Readable)) return read(payload);
  const buffered: unknown = payload.read();
  payload.unshift(buffered);
  return read(buffered);
}

function read(payload: unknown): string {
  return (JSON.parse(String(payload)) as { code: string }).code;
}
