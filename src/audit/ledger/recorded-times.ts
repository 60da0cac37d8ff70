import type { IndexHint } from '../../database/read-dialect';
import type { ReadQuery } from '../../database/sources/read-connection';

/**
 * Maximum number of ids in one list. MariaDB converts a list of 1000 to a temporary table, and could then read all
 * entries of the account.
 */
const MAX_LIST = 512;

/** The index by which the entry of a record is found. */
const INDEX = 'audit_ledger_by_activity';

/**
 * Returns the query for when records got their places in the ledger of their account: rows with the id of a record and
 * its `recordedAt`, in any order. Records that have no place yet have no row.
 * @param ids at least one
 */
export function recordedTimesQuery(accountId: string, ids: readonly string[], indexHint: IndexHint): ReadQuery {
  const lists = listsOf(ids);
  const parts = lists.map(
    (list) =>
      `SELECT activity_id AS id, recorded_at AS recordedAt FROM audit_ledger ${indexHint(INDEX)} ` +
      `WHERE account_id = ? AND activity_id IN (${list.map(() => '?').join(', ')})`,
  );
  return { sql: parts.join(' UNION ALL '), values: lists.flatMap((list) => [accountId, ...list]) };
}

/** Splits ids into lists. Repeats the last id, so that few different statements are prepared. */
function listsOf(ids: readonly string[]): string[][] {
  const last = ids.at(-1);
  if (last === undefined) throw new Error('An IN list must have a value.');
  const size = ids.length <= MAX_LIST ? 2 ** Math.ceil(Math.log2(ids.length)) : MAX_LIST;
  return Array.from({ length: Math.ceil(ids.length / size) }, (_, part) =>
    Array.from({ length: size }, (__, place) => ids[part * size + place] ?? last),
  );
}
