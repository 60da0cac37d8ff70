import type { Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import helmet from '@fastify/helmet';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { Logger } from 'nestjs-pino';
import type { DestinationStream } from 'pino';
import { serveDocument } from './api-document';
import { AppModule } from './app.module';
import { limitBody, MIB } from './common/body-limit.decorator';
import { REQUEST_MALFORMED, sendProblem } from './common/problem.filter';
import { redactText } from './common/redact';
import { IdSource } from './common/time-ordered-id';
import type { Config } from './config/config';
import { Metrics } from './operations/metrics';
import { readBodies } from './request-body';

/** Bytes of a body; a larger one is refused, unless its route has a `@BodyLimit` of its own. */
const MAX_BODY = MIB;
const CLIENTS_REQUEST_ID = /^[A-Za-z0-9._-]{8,64}$/;

/** What the few callers that need more than the service ask for. */
export interface AppOptions {
  /** Only what the contract needs: nothing is started, no database is opened. */
  readonly preview?: boolean;
  /** Password of the demo's users, for the example of a login in the contract that is served. Only the demo gives it. */
  readonly demoPassword?: string;
  /** Modules beside the service's own, such as the demo's. */
  readonly imports?: readonly Type[];
  /** Where the log goes instead of the standard output. */
  readonly logTo?: DestinationStream;
}

/** Makes the service: the one way for the server, the tests and the contract. It listens to nothing yet. */
export async function createApp(config: Config, options: AppOptions = {}): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: MAX_BODY,
    trustProxy: config.TRUST_PROXY,
    genReqId: requestIds(),
    exposeHeadRoutes: false,
    frameworkErrors: refuseMalformed,
    clientErrorHandler: refuseUnreadable,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 200 },
  });
  adapter.getInstance().addHook('onRoute', limitBody);
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.with(config, options.imports, options.logTo),
    adapter,
    {
      bufferLogs: true,
      // Fastify's own parser of JSON: Nest's would take forms too.
      bodyParser: false,
      abortOnError: false,
      ...(options.preview && { preview: true, logger: false }),
    },
  );
  if (!options.preview) {
    app.useLogger(app.get(Logger));
    app.flushLogs();
    await secure(app, config);
    observe(app);
  }
  readBodies(adapter.getInstance());
  app.setGlobalPrefix('v1', { exclude: ['health/live', 'health/ready', 'metrics'] });
  app.enableShutdownHooks();
  serveDocument(app, options.demoPassword);
  return app;
}

/** What is not even HTTP: there is neither a request nor an answer yet, only the socket. */
function refuseUnreadable(_error: Error, socket: Socket): void {
  if (!socket.writable) return;
  const body = JSON.stringify({
    type: 'urn:problem:request_malformed',
    title: 'Bad Request',
    status: 400,
    code: 'request_malformed',
  });
  socket.end(
    `HTTP/1.1 400 Bad Request\r\nContent-Type: application/problem+json\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
  );
}

/** What Fastify refuses before there is a route, and so before the filter. */
function refuseMalformed(_error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  sendProblem(REQUEST_MALFORMED, request, reply);
}

/** A client's own request id, if it is one that can be logged; or one of ours. */
function requestIds(): (request: IncomingMessage) => string {
  const ids = new IdSource();
  return ({ headers }) => {
    const own = headers['x-request-id'];
    return typeof own === 'string' && CLIENTS_REQUEST_ID.test(own) && redactText(own) === own
      ? own
      : ids.next(new Date());
  };
}

async function secure(app: NestFastifyApplication, { corsOrigins }: Config): Promise<void> {
  // Swagger UI styles itself inline; and a service behind plain HTTP must not send browsers to HTTPS.
  const directives = { 'style-src': ["'self'", "'unsafe-inline'"], 'upgrade-insecure-requests': null };
  await app.register(helmet, { contentSecurityPolicy: { directives }, strictTransportSecurity: false });
  if (corsOrigins.length === 0) return;
  app.enableCors({
    origin: corsOrigins.includes('*') ? '*' : corsOrigins,
    methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    exposedHeaders: ['Link', 'X-Request-Id', 'Report-Time-Zone', 'Content-Disposition', 'Retry-After'],
  });
}

function observe(app: NestFastifyApplication): void {
  const metrics = app.get(Metrics);
  const server = app.getHttpAdapter().getInstance();
  server.addHook('onRequest', (request: FastifyRequest, reply: FastifyReply, done: () => void) => {
    void reply.header('x-request-id', request.id).header('cache-control', 'no-store');
    done();
  });
  server.addHook('onResponse', (request: FastifyRequest, reply: FastifyReply, done: () => void) => {
    metrics.observe(request, reply);
    done();
  });
}
