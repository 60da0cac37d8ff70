import type { Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import helmet from '@fastify/helmet';
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import type { IncomingMessage, RequestListener } from 'node:http';
import { isIP } from 'node:net';
import { Logger } from 'nestjs-pino';
import type { DestinationStream } from 'pino';
import { OPEN_ACCESS } from './access/guard/route-access';
import { RouteRules } from './access/guard/route-rules';
import { AppModule } from './app.module';
import { ACTIVITY_TYPES } from './audit/catalogue/activity-type';
import { RequestGuard } from './auth/guard/request.guard';
import type { Config } from './config/config';
import { RequestContext, type Origin } from './context/request-context';
import { createDocument, isDocumentRoute, serveDocument } from './http/contract/api-document';
import { prepareProblem, REQUEST_MALFORMED } from './http/problems/problem.filter';
import { DEFAULT_BODY_LIMIT } from './http/server/body-limit.decorator';
import { ClientErrors } from './http/server/client-errors';
import { createBoundedServer } from './http/server/connections';
import { rememberRoute } from './http/server/logged-address';
import { readBodies } from './http/server/request-body';
import { checkHeaders } from './http/server/request-headers';
import { endWithBody } from './http/server/unread-body';
import { redactText } from './lib/secrets/redact';
import { IdSource } from './lib/time-ordered-id';
import { Metrics } from './operations/metrics';

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

/** Makes the service: the one way for the server, the tests and the contract. It is not connected and listens to nothing yet. */
export async function createApp(config: Config, options: AppOptions = {}): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    serverFactory: (listener: RequestListener) => createBoundedServer(listener, config),
    bodyLimit: DEFAULT_BODY_LIMIT,
    trustProxy: config.TRUST_PROXY,
    genReqId: requestIds(),
    exposeHeadRoutes: false,
    frameworkErrors: refuseAddress,
    clientErrorHandler: new ClientErrors().answer,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 200 },
    // No route has a JSON schema, so the start need not wait for Fastify to load what compiles them.
    schemaController: { compilersFactory: { buildValidator: refuseSchema, buildSerializer: refuseSchema } },
  });
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.with(config, options.imports, options.logTo),
    adapter,
    {
      bufferLogs: true,
      bodyParser: false,
      abortOnError: false,
      ...(options.preview && { preview: true, logger: false }),
    },
  );
  if (!options.preview) {
    app.useLogger(app.get(Logger));
    app.flushLogs();
    app.get(RouteRules).declare();
    await secure(app, adapter, config);
    receive(app, adapter.getInstance());
  }
  app.setGlobalPrefix('v1', { exclude: ['health/live', 'health/ready', 'metrics'] });
  serveDocument(app, () => createContract(app), options.demoPassword);
  return app;
}

/** Makes the contract. The built-in activity types are named here, because every property takes an account's own types too. */
export function createContract(app: NestFastifyApplication): OpenAPIObject {
  return createDocument(app, { ActivityType: ACTIVITY_TYPES });
}

function refuseSchema(): never {
  throw new Error('Requests are validated by DTOs: a route of Fastify can have no JSON schema.');
}

/** Answers an address that Fastify can't read, and so has no route, nor hooks. */
function refuseAddress(_error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  void reply.header('x-request-id', request.id);
  endWithBody(request, reply, prepareProblem(REQUEST_MALFORMED, request, reply), (_, payload) => {
    void reply.send(payload);
  });
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

async function secure(app: NestFastifyApplication, adapter: FastifyAdapter, { corsOrigins }: Config): Promise<void> {
  // Swagger UI styles itself inline; and a service behind plain HTTP must not send browsers to HTTPS.
  const directives = { 'style-src': ["'self'", "'unsafe-inline'"], 'upgrade-insecure-requests': null };
  await app.register(helmet, { contentSecurityPolicy: { directives }, strictTransportSecurity: false });
  if (corsOrigins.length === 0) return;
  adapter.setOnRequestHook(refuseOptions);
  app.enableCors({
    origin: corsOrigins.includes('*') ? '*' : corsOrigins,
    methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    exposedHeaders: [
      'Link',
      'X-Request-Id',
      'Report-Time-Zone',
      'Content-Disposition',
      'Retry-After',
      'RateLimit',
      'RateLimit-Policy',
    ],
  });
}

/** Hook that runs before that of CORS, which would answer an OPTIONS that is no preflight with a plain text. There is none here. */
function refuseOptions({ method, headers }: FastifyRequest, reply: FastifyReply, done: () => void): void {
  const isPreflight = headers.origin !== undefined && headers['access-control-request-method'] !== undefined;
  if (method === 'OPTIONS' && !isPreflight) reply.callNotFound();
  else done();
}

/** Sets up how requests are received, from the first hook to the reading of the body. */
function receive(app: NestFastifyApplication, server: FastifyInstance): void {
  const metrics = app.get(Metrics);
  const context = app.get(RequestContext);
  server.addHook('onRoute', closeByDefault);
  server.addHook('onRequest', (request, reply, done) => {
    rememberRoute(request);
    void reply.header('x-request-id', request.id).header('cache-control', 'no-store');
    context.run(originOf(request), done);
  });
  server.addHook('onRequest', checkHeaders);
  server.addHook('onRequest', app.get(RequestGuard).check);
  readBodies(server);
  server.addHook('onSend', endWithBody);
  server.addHook('onResponse', (request, reply, done) => {
    metrics.observe(request, reply);
    done();
  });
}

/** Keeps the service from starting with a route that nobody gave an access rule. Those of controllers have theirs by now. */
function closeByDefault(route: RouteOptions): void {
  const isPreflight = route.method === 'OPTIONS' && route.url === '*';
  if (isPreflight || isDocumentRoute(route.url)) route.config = { ...route.config, access: OPEN_ACCESS };
  if (!route.config?.access) throw new Error(`The route ${String(route.method)} ${route.url} has no access rule.`);
  route.bodyLimit = route.config.bodyLimit ?? DEFAULT_BODY_LIMIT;
}

function originOf({ id, ip, headers }: FastifyRequest): Origin {
  // A proxy that is believed may still have passed on anything.
  return { requestId: id, ipAddress: isIP(ip) > 0 ? ip : null, userAgent: headers['user-agent'] ?? null };
}
