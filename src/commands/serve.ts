import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Config } from '../config/config';
import { listen } from '../http/server/listen';
import { OpenConnections } from '../http/server/open-connections';
import { answerWhileStarting } from '../http/server/starting-answers';
import { ExportPool } from '../reports/users-activity/exports/export-pool';
import type { CommandAppOptions, CreateApp } from './create-app';
import { stopService } from './stop-service';
import { onStopSignal } from './stop-signals';

/** Options with which the demo starts the server. */
export interface ServeOptions extends CommandAppOptions {
  /** Runs after the databases are connected, before the first request is served. */
  readonly prepare?: (app: NestFastifyApplication) => Promise<void>;
}

/**
 * Starts the server, and returns its URL. It opens the port at once, serves requests when the databases are connected,
 * and stops at a signal.
 */
export async function serve(
  createApp: CreateApp,
  config: Config,
  { prepare, ...options }: ServeOptions = {},
): Promise<string> {
  let stop = (_cause: string): unknown => process.exit(0);
  onStopSignal((signal) => stop(signal));
  const app = await createApp(config, options);
  const server = app.getHttpServer();
  const handOver = answerWhileStarting(server);
  const connections = new OpenConnections(server);
  const fastify = app.getHttpAdapter().getInstance();
  // Fastify did not open the port, so on its own it would close the databases while requests are still running.
  fastify.addHook('onClose', () => connections.ended);
  const logger = new Logger('main');
  const url = await listen(server, config.PORT, config.HOST);
  logger.log(`Starting at ${url}`);
  await app.init();
  await prepare?.(app);
  await fastify.ready();
  handOver();
  stop = (cause) => stopService(app, connections, cause);
  logger.log(`Listening at ${url}`);
  // The service is already usable. An error is ignored here, because the first export would report it.
  app
    .get(ExportPool)
    .warmUp()
    .catch(() => undefined);
  return url;
}
