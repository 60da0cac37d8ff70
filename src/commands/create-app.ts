import type { Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Config } from '../config/config';

/** Options with which a command creates the application. */
export interface CommandAppOptions {
  /** Password of the demo's users, shown as the example of a login in the API document. */
  readonly demoPassword?: string;
  /** Additional modules, such as the demo's. */
  readonly imports?: readonly Type[];
}

/** Creates the application. Entry points pass this function to the commands, which must not import the root of src/. */
export type CreateApp = (config: Config, options?: CommandAppOptions) => Promise<NestFastifyApplication>;

/**
 * Settings of commands that do not serve requests: log errors only, run no jobs, and fail at once if the database is
 * down.
 */
export const COMMAND_SETTINGS = {
  LOG_LEVEL: 'error',
  SCHEDULE_JOBS: false,
  DATABASE_WAIT_SECONDS: 0,
} as const satisfies Partial<Config>;
