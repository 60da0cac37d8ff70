import 'reflect-metadata';
import { loadConfig } from './config/config';
import { exitMessage } from './exit-message';
import { serve } from './serve';

/** Starts the server. */
async function main(): Promise<void> {
  await serve(loadConfig());
}

main().catch((error: unknown) => {
  console.error(exitMessage(error));
  process.exit(1);
});
