import type { EntityManager } from 'typeorm';
import { dialectOf } from './dialect';
import { listOf, Statement } from './statement';

/**
 * Deletes rows by their ids, and locks no other row. With `WHERE id IN (…)`, a server reads the whole table if it is
 * small, and waits for the transaction of every row that is not committed yet. A join in a fixed order looks up one row
 * after the other instead.
 */
export async function deleteRows(manager: EntityManager, table: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const { placeholders, values } = listOf(ids);
  // Where transactions never overlap, there is nothing to wait for.
  const sql = dialectOf(manager.dataSource).hasSingleConnection
    ? `DELETE FROM ${table} WHERE id IN (${placeholders})`
    : `DELETE ${table} FROM (${placeholders.replace('?', 'SELECT ? AS id').replaceAll(', ?', ' UNION ALL SELECT ?')}) deleted
       STRAIGHT_JOIN ${table} FORCE INDEX (PRIMARY) ON ${table}.id = deleted.id`;
  await new Statement(sql).run(manager, values);
}
