import type { EntityManager } from 'typeorm';
import { partsOf } from '../lib/elements';
import { dialectOf } from './dialect';
import { listOf, Statement } from './statement';

/**
 * Maximum number of rows that one statement deletes. MySQL resolves the SELECTs of a UNION recursively, so several
 * thousand of them can exceed its `thread_stack`, and take more time than the same number in several statements.
 */
const MAX_ROWS = 512;

/**
 * Deletes rows by their ids, and locks no other row. With `WHERE id IN (…)`, a server reads the whole table if it is
 * small, and waits for the transaction of every row that is not committed yet. A join in a fixed order looks up one row
 * after the other instead.
 */
export async function deleteRows(manager: EntityManager, table: string, ids: readonly string[]): Promise<void> {
  for (const some of partsOf(ids, MAX_ROWS)) {
    const { places, values } = listOf(some);
    // Where transactions never overlap, there is nothing to wait for.
    const sql = dialectOf(manager.dataSource).hasSingleConnection
      ? `DELETE FROM ${table} WHERE id IN (${places})`
      : `DELETE ${table} FROM (${places.replace('?', 'SELECT ? AS id').replaceAll(', ?', ' UNION ALL SELECT ?')}) deleted
         STRAIGHT_JOIN ${table} FORCE INDEX (PRIMARY) ON ${table}.id = deleted.id`;
    await new Statement(sql).run(manager, values);
  }
}
