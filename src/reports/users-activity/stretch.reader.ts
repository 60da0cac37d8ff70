import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { indexHint } from '../../database/dialect';
import { READ_SOURCE } from '../../database/sources/data-sources';
import { at } from '../../lib/elements';
import { lowestIdAt } from '../../lib/time-ordered-id';
import type { ActivityFilter } from './activity-filter';
import type { IndexStretch } from './index-stretch';

/** Between which ids to read: `after` is the last one that was read before, `upTo` the last one to read. */
export interface IdBounds {
  readonly after?: string | undefined;
  readonly upTo?: string | undefined;
}

type Condition = readonly [sql: string, ...values: string[]];
type Scope = Pick<ActivityFilter, 'accountId' | 'interval' | 'order'>;

/** Reads ids from stretches of an index. */
@Injectable()
export class StretchReader {
  constructor(@InjectDataSource(READ_SOURCE) private readonly source: DataSource) {}

  /**
   * The ids of all stretches in report order, in lists of so many, merged as they are read: nothing is sorted, and no id is
   * read twice.
   * @param take how many are read of each stretch at a time
   */
  async *ids(
    scope: Scope,
    stretches: readonly IndexStretch[],
    { take, size }: { readonly take: number; readonly size: number },
    bounds: IdBounds,
  ): AsyncGenerator<string[], void> {
    const isBefore = scope.order === 'desc' ? (a: string, b: string) => a > b : (a: string, b: string) => a < b;
    const heads = await this.first(scope, stretches, take, bounds);
    let merged: string[] = [];
    for (let next = firstOf(heads, isBefore); next; next = firstOf(heads, isBefore)) {
      const id = at(next.ids, next.place++);
      merged.push(id);
      if (merged.length === size) {
        yield merged;
        merged = [];
      }
      if (next.place < next.ids.length || next.ids.length < take) continue;
      const [more] = await this.first(scope, [next.stretch], take, { ...bounds, after: id });
      Object.assign(next, more);
    }
    if (merged.length > 0) yield merged;
  }

  /** The first ids of each stretch, all in one statement. */
  private async first(
    { accountId, interval, order }: Scope,
    stretches: readonly IndexStretch[],
    take: number,
    { after, upTo }: IdBounds,
  ): Promise<Head[]> {
    const common: Condition[] = [
      ['account_id = ?', accountId],
      ['id >= ?', lowestIdAt(new Date(interval.from))],
      ['id < ?', lowestIdAt(new Date(interval.to))],
      ...(after === undefined ? [] : [[`id ${order === 'desc' ? '<' : '>'} ?`, after] as const]),
      ...(upTo === undefined ? [] : [['id <= ?', upTo] as const]),
    ];
    const sorted = `ORDER BY id ${order === 'desc' ? 'DESC' : 'ASC'}`;
    const parts = stretches.map(({ index, equal, among }, stretch) => {
      const conditions: Condition[] = [
        ...common,
        ...equal.map(([column, value]) => [`${column} = ?`, value] as const),
        ...among.map(([column, values]) => [`${column} IN (${values.map(() => '?').join(', ')})`, ...values] as const),
      ];
      const where = conditions.map(([sql]) => sql).join(' AND ');
      const from = `activities ${indexHint(this.source, index)}`;
      return {
        sql: `SELECT * FROM (SELECT ${stretch} AS stretch, id FROM ${from} WHERE ${where} ${sorted} LIMIT ${take}) AS part_${stretch}`,
        values: conditions.flatMap(([, ...values]) => values),
      };
    });
    const rows = await this.source.query<{ stretch: number; id: string }[]>(
      parts.map(({ sql }) => sql).join(' UNION ALL '),
      parts.flatMap(({ values }) => values),
    );
    const heads = stretches.map((stretch): Head => ({ stretch, ids: [], place: 0 }));
    // A union promises no order between its parts, but each part comes in its own.
    for (const { stretch, id } of rows) at(heads, stretch).ids.push(id);
    for (const { ids } of heads) ids.sort(order === 'desc' ? descending : ascending);
    return heads;
  }
}

/** What was read of a stretch, and how far it is used up. */
interface Head {
  readonly stretch: IndexStretch;
  ids: string[];
  place: number;
}

/** The head whose next id comes before those of all others. */
function firstOf(heads: readonly Head[], isBefore: (a: string, b: string) => boolean): Head | undefined {
  let first: Head | undefined;
  let firstId: string | undefined;
  for (const head of heads) {
    const id = head.ids[head.place];
    if (id === undefined || (firstId !== undefined && !isBefore(id, firstId))) continue;
    first = head;
    firstId = id;
  }
  return first;
}

const ascending = (a: string, b: string) => (a < b ? -1 : 1);
const descending = (a: string, b: string) => ascending(b, a);
