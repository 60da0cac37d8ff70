import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { READ_SOURCE } from '../../../database/sources/data-sources';
import { lowestIdAt, momentOf } from '../../../lib/time-ordered-id';
import type { Interval } from '../../../lib/time/interval';

/** Finds the first activity of an account, whatever the filter of a report. */
@Injectable()
export class FirstActivity {
  constructor(@InjectDataSource(READ_SOURCE) private readonly source: DataSource) {}

  /** Returns the moment of the first activity in an interval, in milliseconds since 1970; undefined if there is none. */
  async findMoment(accountId: string, { from, to }: Interval): Promise<number | undefined> {
    const [first] = await this.source.query<{ id: string }[]>(
      'SELECT id FROM activities WHERE account_id = ? AND id >= ? AND id < ? ORDER BY id LIMIT 1',
      [accountId, lowestIdAt(new Date(from)), lowestIdAt(new Date(to))],
    );
    return first && momentOf(first.id);
  }
}
