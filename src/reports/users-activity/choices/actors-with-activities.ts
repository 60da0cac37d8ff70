import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { indexHint } from '../../../database/dialect';
import { READ_SOURCE } from '../../../database/sources/data-sources';
import { last } from '../../../lib/elements';

/** Users or API keys that one statement looks at. */
const AT_ONCE = 500;

/** A row of the statement. */
interface Candidate {
  readonly id: string;
  /** 1 if there is an activity, otherwise null. */
  readonly acted: number | null;
}

/** Finds the users and API keys of an account that have activities. */
@Injectable()
export class ActorsWithActivities {
  constructor(@InjectDataSource(READ_SOURCE) private readonly source: DataSource) {}

  /**
   * Returns the ids of the users or of the API keys that have at least one activity, in order. Looks up one entry of the
   * index for each user, so that the number of activities does not matter.
   */
  async find(table: 'users' | 'api_keys', accountId: string): Promise<string[]> {
    const found: string[] = [];
    for (let after = ''; ;) {
      const candidates = await this.read(table, accountId, after);
      found.push(...candidates.filter(({ acted }) => acted !== null).map(({ id }) => id));
      if (candidates.length < AT_ONCE) return found;
      after = last(candidates).id;
    }
  }

  private read(table: 'users' | 'api_keys', accountId: string, after: string): Promise<Candidate[]> {
    const activity =
      `SELECT 1 FROM activities AS activity ${indexHint(this.source, 'activities_by_user')} ` +
      'WHERE activity.account_id = actor.account_id AND activity.user_id = actor.id LIMIT 1';
    return this.source.query<Candidate[]>(
      `SELECT actor.id AS id, (${activity}) AS acted FROM ${table} AS actor ` +
        `WHERE actor.account_id = ? AND actor.id > ? ORDER BY actor.id LIMIT ${AT_ONCE}`,
      [accountId, after],
    );
  }
}
