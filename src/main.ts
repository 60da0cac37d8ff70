import 'reflect-metadata';
import { createApp } from './app';
import { loadConfig } from './config/config';
import { exitMessage } from './commands/exit-message';
import { serve } from './commands/serve';

/** Starts the server. */
async function main(): Promise<void> {
  await serve(createApp, loadConfig());
}

main().catch((error: unknown) => {
  console.error(exitMessage(error));
  process.exit(1);
});
