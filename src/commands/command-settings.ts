import type { Config } from '../config/config';

/** Settings of a command that uses the service without serving: quiet, without jobs, and failing at once when the database is away. */
export const COMMAND_SETTINGS = {
  LOG_LEVEL: 'error',
  SCHEDULE_JOBS: false,
  DATABASE_WAIT_SECONDS: 0,
} as const satisfies Partial<Config>;
