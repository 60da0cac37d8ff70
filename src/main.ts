import './commands/allocation';
import './commands/compile-cache';
import 'reflect-metadata';
import { createApp } from './app';
import { toExitMessage } from './commands/exit-message';
import { serve } from './commands/serve';
import { loadConfig } from './config/config';

async function main(): Promise<void> {
  await serve(createApp, loadConfig());
}

main().catch((error: unknown) => {
  console.error(toExitMessage(error));
  process.exit(1);
});
