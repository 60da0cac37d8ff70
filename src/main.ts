import './commands/compile-cache';
import 'reflect-metadata';
import { createApp } from './app';
import { exitMessage } from './commands/exit-message';
import { serve } from './commands/serve';
import { loadConfig } from './config/config';

/** Starts the server. */
async function main(): Promise<void> {
  await serve(createApp, loadConfig());
}

main().catch((error: unknown) => {
  console.error(exitMessage(error));
  process.exit(1);
});
