import 'reflect-metadata';
import { Logger } from '@nestjs/common';
import { createApp } from './app';
import { ConfigError, loadConfig } from './config/config';
import { SchemaOutdatedError } from './database/database.module';

/** Starts the server. */
async function main(): Promise<void> {
  const config = loadConfig();
  const app = await createApp(config);
  await app.listen(config.PORT, config.HOST);
  new Logger('main').log(`Listening at ${await app.getUrl()}`);
}

main().catch((error: unknown) => {
  console.error(error instanceof ConfigError || error instanceof SchemaOutdatedError ? error.message : error);
  process.exit(1);
});
