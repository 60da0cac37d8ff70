import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { securityHeaders } from '../../src/http/server/security-headers';
import { ContractFindings } from './contract-findings';
import { responseOperation, type Operation } from './contract';
import { declaredHeaders, operationOf } from './declared-problems';

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
  private readonly findings = new ContractFindings('Headers', 'var/seen-headers');

  /** Observes the responses of a service that does not listen yet. */
  watch(app: NestFastifyApplication): void {
    const server: FastifyInstance = app.getHttpAdapter().getInstance();
    server.addHook('onResponse', ({ method, routeOptions: { url = '' }, is404 }, reply, done) => {
      const names = Object.entries(reply.getHeaders()).filter(([name, value]) => !isOfCors(name, value));
      // A method that a path does not have, and an error of the service itself, belong to no operation.
      if (!is404 && ![405, 500].includes(reply.statusCode)) {
        const requested = operationOf(method === 'HEAD' ? 'GET' : method, url);
        const operation = requested && responseOperation(requested, String(reply.getHeader('content-type')));
        for (const [name] of names) if (operation) this.add(operation, reply.statusCode, name);
      }
      done();
    });
  }

  /** @throws Error if a response had something that the contract does not declare */
  check(): void {
    this.findings.check();
  }

  private add(operation: Operation, status: number, name: string): void {
    const header = `${operation.method} ${operation.path} ${status} ${name}`;
    if (declaredHeaders(operation, status).includes(name)) this.findings.addSeen(header);
    else if (!COMMON.has(name)) this.findings.addUndeclared(header);
  }
}

/** Returns whether a header belongs to CORS, which a setting turns on for every response. */
function isOfCors(name: string, value: unknown): boolean {
  return name.startsWith('access-control-') || (name === 'vary' && String(value) === 'Origin');
}
