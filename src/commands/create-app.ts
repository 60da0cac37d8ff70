import type { Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Config } from '../config/config';

/** What a command asks of the service besides its settings. */
export interface CommandAppOptions {
  /** Password of the demo's users, for the example of a login in the contract that is served. */
  readonly demoPassword?: string;
  /** Modules beside the service's own, such as the demo's. */
  readonly imports?: readonly Type[];
}

/** Makes the service. The entry points pass it to the commands, which must not import the root of src/. */
export type CreateApp = (config: Config, options?: CommandAppOptions) => Promise<NestFastifyApplication>;

/** Settings of a command that uses the service without serving: quiet, without jobs, and failing at once when the database is away. */
export const COMMAND_SETTINGS = {
  LOG_LEVEL: 'error',
  SCHEDULE_JOBS: false,
  DATABASE_WAIT_SECONDS: 0,
} as const satisfies Partial<Config>;
