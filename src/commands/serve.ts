import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Config } from '../config/config';
import { listen } from '../http/server/listen';
import { OpenConnections } from '../http/server/open-connections';
import { answerWhileStarting } from '../http/server/starting-answers';
import type { CommandAppOptions, CreateApp } from './create-app';
import { stopService } from './stop-service';
import { onStopSignal } from './stop-signals';

/** What the demo asks for besides the service. */
export interface ServeOptions extends CommandAppOptions {
  /** Runs when the databases are connected, before the first request is served. */
  readonly prepare?: (app: NestFastifyApplication) => Promise<void>;
}

/** Starts the server, and returns its URL: it listens at once, serves when its databases are connected, stops at a signal. */
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
  // It did not open the port, so it would not wait for the requests under way before the databases are closed.
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
  return url;
}
