import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { indexHint } from '../../database/dialect';
import { READ_SOURCE } from '../../database/sources/data-sources';
import { at } from '../../lib/elements';
import { lowestIdAt } from '../../lib/time-ordered-id';
import type { ActivityFilter } from './activity-filter';
import type { IndexRange } from './index-range';

/** The ids between which a page or an export is read. */
export interface IdBounds {
  /** The last id that was read before, in report order. */
  readonly after?: string | undefined;
  /** The highest id to read. */
  readonly upTo?: string | undefined;
}

/** A condition of a WHERE clause, and the values of its placeholders. */
type Condition = readonly [sql: string, ...values: string[]];
/** The part of a filter that all index ranges have in common. */
type Scope = Pick<ActivityFilter, 'accountId' | 'interval' | 'order'>;

/** Reads the ids of a report from index ranges, so that a page costs the same however large the table is. */
@Injectable()
export class IndexRangeReader {
  constructor(@InjectDataSource(READ_SOURCE) private readonly source: DataSource) {}

  /**
   * Yields the ids of all ranges in report order, in lists of `batchSize`. Merges the ranges while it reads them, so
   * that it never holds or sorts more than `idsPerRange` ids of each.
   * @param idsPerRange the number of ids to read from a range in one query
   */
  async *readIds(
    scope: Scope,
    ranges: readonly IndexRange[],
    { idsPerRange, batchSize }: { readonly idsPerRange: number; readonly batchSize: number },
    bounds: IdBounds,
  ): AsyncGenerator<string[], void> {
    const isBefore = scope.order === 'desc' ? (a: string, b: string) => a > b : (a: string, b: string) => a < b;
    const heads = await this.readHeads(scope, ranges, idsPerRange, bounds);
    let merged: string[] = [];
    for (let next = findFirst(heads, isBefore); next; next = findFirst(heads, isBefore)) {
      const id = at(next.ids, next.place++);
      merged.push(id);
      if (merged.length === batchSize) {
        yield merged;
        merged = [];
      }
      if (next.place < next.ids.length || next.ids.length < idsPerRange) continue;
      const [more] = await this.readHeads(scope, [next.range], idsPerRange, { ...bounds, after: id });
      Object.assign(next, more);
    }
    if (merged.length > 0) yield merged;
  }

  /** Reads the first `take` ids of each range, all in one statement. */
  private async readHeads(
    { accountId, interval, order }: Scope,
    ranges: readonly IndexRange[],
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
    const parts = ranges.map(({ index, equal, among }, part) => {
      const conditions: Condition[] = [
        ...common,
        ...equal.map(([column, value]) => [`${column} = ?`, value] as const),
        ...among.map(([column, values]) => [`${column} IN (${values.map(() => '?').join(', ')})`, ...values] as const),
      ];
      const where = conditions.map(([sql]) => sql).join(' AND ');
      const from = `activities ${indexHint(this.source, index)}`;
      return {
        sql: `SELECT * FROM (SELECT ${part} AS part, id FROM ${from} WHERE ${where} ${sorted} LIMIT ${take}) AS part_${part}`,
        values: conditions.flatMap(([, ...values]) => values),
      };
    });
    const rows = await this.source.query<{ part: number; id: string }[]>(
      parts.map(({ sql }) => sql).join(' UNION ALL '),
      parts.flatMap(({ values }) => values),
    );
    const heads = ranges.map((range): Head => ({ range, ids: [], place: 0 }));
    // A union guarantees no order of its rows.
    for (const { part, id } of rows) at(heads, part).ids.push(id);
    for (const { ids } of heads) ids.sort(order === 'desc' ? descending : ascending);
    return heads;
  }
}

/** The ids that were read from a range, and the place of the next one to yield. */
interface Head {
  readonly range: IndexRange;
  ids: string[];
  place: number;
}

/** Finds the head whose next id comes before those of all others. */
function findFirst(heads: readonly Head[], isBefore: (a: string, b: string) => boolean): Head | undefined {
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
