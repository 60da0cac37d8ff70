import type { Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import type { IncomingMessage, RequestListener } from 'node:http';
import { isIP } from 'node:net';
import type { DestinationStream } from 'pino';
import { QueryGuard } from './access/guard/query.guard';
import { OPEN_ACCESS } from './access/guard/route-access';
import { RouteRules } from './access/guard/route-rules';
import { AppModule } from './app.module';
import { detailsSchemas } from './audit/catalogue/details-schemas';
import { ACTIVITY_TYPES } from './audit/catalogue/activity-type';
import { RequestGuard } from './auth/guard/request.guard';
import type { Config } from './config/config';
import { RequestContext, type Origin } from './context/request-context';
import { addLocation } from './http/contract/creates.decorator';
import { sendIfChanged } from './http/contract/document-caching';
import { createDocument, isDocumentRoute, serveDocument } from './http/contract/api-document';
import { addNextLink } from './http/paging/next-link';
import { prepareProblem, REQUEST_MALFORMED } from './http/problems/problem.filter';
import { DEFAULT_BODY_LIMIT } from './http/server/body-limit.decorator';
import { ClientErrors } from './http/server/client-errors';
import { compressPage } from './http/server/compress-page';
import { createBoundedServer } from './http/server/connections';
import { addHeadRoutes } from './http/server/head-routes';
import { KnownPaths, ROUTER_OPTIONS } from './http/server/known-paths';
import { readBodies } from './http/server/request-body';
import { checkHeaders } from './http/server/request-headers';
import { ResponseLog } from './http/server/response-log';
import { ServiceLog, standardOutput } from './http/server/service-log';
import { endWithBody } from './http/server/unread-body';
import { canonicalizeAddress } from './lib/network';
import { redactText } from './lib/secrets/redact';
import { IdSource } from './lib/time-ordered-id';
import { Metrics } from './operations/metrics';
import { COLUMN_CHOICES } from './reports/users-activity/columns-parameter';

const CLIENT_REQUEST_ID = /^[A-Za-z0-9._-]{8,64}$/;

/** Options of callers that need more than the plain service. */
export interface AppOptions {
  /** Builds only what generating the contract needs; starts nothing and opens no database. */
  readonly preview?: boolean;
  /** Password of the demo's users, shown as the example of a login in the API document. Set only by the demo. */
  readonly demoPassword?: string;
  /** Additional modules, such as the demo's. */
  readonly imports?: readonly Type[];
  /** Destination of the log instead of standard output. */
  readonly logTo?: DestinationStream;
}

/**
 * Creates the application, for the server, the tests and the contract alike. It is not yet connected to a database, nor
 * listening.
 */
export async function createApp(config: Config, options: AppOptions = {}): Promise<NestFastifyApplication> {
  let watchResponse: WatchResponse | undefined;
  const adapter = new FastifyAdapter({
    serverFactory: (listener: RequestListener) => createBoundedServer(listener, config),
    bodyLimit: DEFAULT_BODY_LIMIT,
    trustProxy: config.TRUST_PROXY,
    genReqId: createRequestIds(),
    // Fastify would answer HEAD by running the handler of GET; see `addHeadRoutes`.
    exposeHeadRoutes: false,
    frameworkErrors: (_error: unknown, request: FastifyRequest, reply: FastifyReply) => {
      watchResponse?.(request, reply);
      refuseMalformedUrl(request, reply);
    },
    clientErrorHandler: new ClientErrors().answer,
    forceCloseConnections: 'idle',
    routerOptions: ROUTER_OPTIONS,
    // No middleware of Express is used, so the layer that runs it is left out.
    skipMiddie: true,
    // No route has a JSON schema, so the start need not wait for Fastify to load what compiles them.
    schemaController: { compilersFactory: { buildValidator: refuseSchema, buildSerializer: refuseSchema } },
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(config, options.imports), adapter, {
    bufferLogs: true,
    bodyParser: false,
    abortOnError: false,
    ...(options.preview && { preview: true, logger: false }),
  });
  if (!options.preview) {
    const logTo = options.logTo ?? standardOutput();
    const context = app.get(RequestContext);
    app.useLogger(new ServiceLog(config, () => context.origin?.requestId, logTo));
    app.flushLogs();
    app.get(RouteRules).declare();
    allowOrigins(app, config);
    watchResponse = watchResponses(app.get(Metrics), new ResponseLog(config, logTo));
    addRequestHooks(app, adapter.getInstance(), watchResponse);
  }
  app.setGlobalPrefix('v1', { exclude: ['health/live', 'health/ready', 'metrics'] });
  serveDocument(app, () => createContract(app), options.demoPassword);
  return app;
}

/**
 * Creates the OpenAPI document. Adds schemas of the built-in activity types, because properties accept custom types too,
 * of the details of each, and of the columns of an export, because the items of a list cannot refer to a type.
 */
export function createContract(app: NestFastifyApplication): OpenAPIObject {
  return createDocument(app, {
    ActivityType: { type: 'string', enum: ACTIVITY_TYPES },
    ReportColumn: { type: 'string', enum: [...COLUMN_CHOICES] },
    ...detailsSchemas(),
  });
}

function refuseSchema(): never {
  throw new Error('Requests are validated by DTOs: a route of Fastify can have no JSON schema.');
}

/** Answers a request whose URL Fastify cannot parse. Such a request has no route, so no hook runs for it. */
function refuseMalformedUrl(request: FastifyRequest, reply: FastifyReply): void {
  void reply.header('x-request-id', request.id);
  endWithBody(request, reply, prepareProblem(REQUEST_MALFORMED, request, reply), (_, payload) => {
    void reply.send(payload);
  });
}

/**
 * Returns a generator of request ids. It uses the client's X-Request-Id if that is well-formed and holds no secret, and
 * a new id otherwise.
 */
function createRequestIds(): (request: IncomingMessage) => string {
  const ids = new IdSource();
  return ({ headers }) => {
    const clientId = headers['x-request-id'];
    return typeof clientId === 'string' && CLIENT_REQUEST_ID.test(clientId) && redactText(clientId) === clientId
      ? clientId
      : ids.next(new Date());
  };
}

/** Lets browsers call the service from the pages of the configured origins. */
function allowOrigins(app: NestFastifyApplication, { corsOrigins }: Config): void {
  if (corsOrigins.length === 0) return;
  const options: Parameters<NestFastifyApplication['enableCors']>[0] = {
    origin: corsOrigins.includes('*') ? '*' : corsOrigins,
    methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    exposedHeaders: [
      'Link',
      'Location',
      'Allow',
      'X-Request-Id',
      'Report-Time-Zone',
      'Content-Disposition',
      'Retry-After',
      'RateLimit',
      'RateLimit-Policy',
      'Idempotent-Replayed',
    ],
  };
  // An OPTIONS request that is not a preflight is answered like one without CORS; see `KnownPaths`.
  app.enableCors({
    delegator: (request, done) => {
      done(null, { ...options, preflight: isPreflight(request) });
    },
  });
}

function isPreflight({ headers }: FastifyRequest): boolean {
  return headers.origin !== undefined && headers['access-control-request-method'] !== undefined;
}

/** Logs and counts the response to a request when it has ended. */
type WatchResponse = (request: FastifyRequest, reply: FastifyReply) => void;

function watchResponses(metrics: Metrics, log: ResponseLog): WatchResponse {
  return (request, reply) => {
    // Emitted once after every response, also if the client has not waited for it.
    reply.raw.on('close', () => {
      metrics.observe(request, reply);
      log.write(request, reply);
    });
  };
}

/** Adds the hooks that run for every request, from its arrival to its response. */
function addRequestHooks(app: NestFastifyApplication, server: FastifyInstance, watchResponse: WatchResponse): void {
  const context = app.get(RequestContext);
  const paths = new KnownPaths();
  server.addHook('onRoute', requireAccessRule);
  server.addHook('onRoute', app.get(QueryGuard).watch);
  paths.watch(server);
  addHeadRoutes(server);
  server.addHook('onRequest', (request, reply, done) => {
    watchResponse(request, reply);
    void reply.header('x-request-id', request.id);
    context.run(originOf(request), done);
  });
  server.addHook('onRequest', checkHeaders);
  server.addHook('onRequest', paths.answerOtherMethods);
  server.addHook('onRequest', app.get(RequestGuard).check);
  readBodies(server);
  server.addHook('preSerialization', addNextLink);
  server.addHook('preSerialization', addLocation);
  server.addHook('onSend', compressPage);
  server.addHook('onSend', endWithBody);
}

/**
 * Throws for a route without an access rule, so that the service does not start. Controllers have declared theirs by
 * then.
 */
function requireAccessRule(route: RouteOptions): void {
  const isPreflight = route.method === 'OPTIONS' && route.url === '*';
  if (isPreflight || isDocumentRoute(route.url)) route.config = { ...route.config, access: OPEN_ACCESS };
  if (isDocumentRoute(route.url)) route.onSend = sendIfChanged;
  if (!route.config?.access) throw new Error(`The route ${String(route.method)} ${route.url} has no access rule.`);
  route.bodyLimit = route.config.bodyLimit ?? DEFAULT_BODY_LIMIT;
}

function originOf({ id, ip, headers }: FastifyRequest): Origin {
  // Even a trusted proxy may have passed on a value that is not an IP address.
  return {
    requestId: id,
    ipAddress: isIP(ip) > 0 ? canonicalizeAddress(ip) : null,
    userAgent: headers['user-agent'] ?? null,
  };
}
