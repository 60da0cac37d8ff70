import { DataSource } from 'typeorm';
import type { Config } from '../config/config';
import { connect } from '../database/sources/connect';
import { writeSourceOptions, type Entities } from '../database/sources/data-sources';

/**
 * Opens the database for a command. Retries for at most DATABASE_WAIT_SECONDS, and reports each failed attempt on
 * standard error.
 */
export async function openDatabase(config: Config, entities: Entities): Promise<DataSource> {
  const source = new DataSource(writeSourceOptions(config, entities));
  await connect([source], {
    seconds: config.DATABASE_WAIT_SECONDS,
    onFailedAttempt: ({ message, secondsLeft }) => {
      console.error(`${message} Trying for ${secondsLeft} s more.`);
    },
  });
  return source;
}
