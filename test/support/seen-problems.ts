import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { Readable } from 'node:stream';
import { ContractFindings } from './contract-findings';
import { declaredCodes, operationOf } from './declared-problems';

/** Compares each problem in a response with the contract of its operation. */
export class SeenProblems {
  private readonly findings = new ContractFindings('Problems', 'var/seen-problems');

  /** Observes the responses of a service that does not listen yet. */
  watch(app: NestFastifyApplication): void {
    const server: FastifyInstance = app.getHttpAdapter().getInstance();
    server.addHook('onSend', ({ method, routeOptions, is404 }, reply, payload, done) => {
      // Nobody receives the problem of a request whose client has left.
      const isReceived = !is404 && !reply.raw.destroyed;
      if (isReceived && String(reply.getHeader('content-type')).startsWith('application/problem+json')) {
        this.add(method, routeOptions.url ?? '', reply.statusCode, codeOf(payload));
      }
      done();
    });
  }

  /** @throws Error if a response had something that the contract does not declare */
  check(): void {
    this.findings.check();
  }

  private add(method: string, url: string, status: number, code: string): void {
    const operation = operationOf(method, url);
    // The contract does not declare internal errors, which tests cause by breaking a part of the service. A method that
    // a path does not have belongs to no operation, although Fastify may have found one.
    if (!operation || code === 'internal_error' || code === 'method_not_allowed') return;
    const problem = `${operation.method} ${operation.path} ${status} ${code}`;
    this.findings.addSeen(problem);
    if (!declaredCodes(operation, status).includes(code)) this.findings.addUndeclared(problem);
  }
}

/**
 * Returns the code of a problem. If the response waits for the rest of its request, its body is in the buffer of a
 * stream.
 */
function codeOf(payload: unknown): string {
  if (!(payload instanceof Readable)) return read(payload);
  const buffered: unknown = payload.read();
  payload.unshift(buffered);
  return read(buffered);
}

function read(payload: unknown): string {
  return (JSON.parse(String(payload)) as { code: string }).code;
}
