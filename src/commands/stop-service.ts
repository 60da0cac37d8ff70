import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { setTimeout } from 'node:timers/promises';
import { Config } from '../config/config';
import type { OpenConnections } from '../http/server/open-connections';
import { Readiness } from '../operations/readiness';

/** Milliseconds to close the databases after all requests and jobs were aborted. */
const CLOSE_MILLISECONDS = 1000;

/**
 * Stops the service, and ends the process. Reports "not ready", keeps serving for DRAIN_SECONDS, closes the port, and
 * gives running requests and jobs SHUTDOWN_SECONDS to finish. Then it resets the remaining connections; the database
 * rolls back transactions that have not committed by then.
 */
export async function stopService(
  app: NestFastifyApplication,
  connections: OpenConnections,
  cause: string,
): Promise<void> {
  const { DRAIN_SECONDS, SHUTDOWN_SECONDS } = app.get(Config);
  const logger = new Logger('stop');
  logger.log(
    `${cause}: stopping. The port closes in ${DRAIN_SECONDS} s, the process ends ${SHUTDOWN_SECONDS} s later.`,
  );
  app.get(Readiness).isStopping = true;
  connections.drain();
  await setTimeout(DRAIN_SECONDS * 1000);
  connections.close();
  logger.log(`The port is closed; ${connections.requestsUnderWay} requests are under way.`);
  try {
    const closing = app.close();
    if (!(await endsWithin(SHUTDOWN_SECONDS * 1000, closing))) {
      logger.warn(`SHUTDOWN_SECONDS are over: cutting off ${connections.requestsUnderWay} requests under way.`);
      connections.cut();
      await endsWithin(CLOSE_MILLISECONDS, closing);
    }
    logger.log('Stopped.');
    process.exit(0);
  } catch (error) {
    logger.error(error);
    process.exit(1);
  }
}

function endsWithin(milliseconds: number, work: Promise<void>): Promise<boolean> {
  return Promise.race([work.then(() => true), setTimeout(milliseconds, false)]);
}
