import { Injectable } from '@nestjs/common';
import { deleteRows } from '../../database/delete-rows';
import { dialectOf, indexHint, insertIgnoring, lockingClause } from '../../database/dialect';
import { InsertStatement } from '../../database/insert-statement';
import { SelectStatement } from '../../database/select-statement';
import { listOf, Statement, toStoredInstant } from '../../database/statement';
import { readInstant } from '../../database/stored-instant';
import { UnitOfWork } from '../../database/unit-of-work';
import { Activity } from '../recording/activity.entity';
import { PendingRecords } from '../recording/pending-records.entity';
import { ledgerEntriesOf, type PlacedRecord } from './append-records';
import { AuditLedgerEntry, AuditLedgerHead, emptyHead } from './ledger.entities';

/** Maximum number of entries that one statement inserts, and that are hashed at once. */
const ENTRIES_AT_ONCE = 500;

/** The index that finds the entry of a record. With the primary key, a server would read all entries of the account. */
const BY_ACTIVITY = 'audit_ledger_by_activity';

/** Maximum number of ids in one list. */
const MAX_LIST = 512;

/** The part of an account's records that a check looks at: the recent ones, or all of them. */
export type CheckedPart = 'recent' | 'all';

/** A record and its place in the ledger; null if it has none. */
export interface RecordPlace {
  readonly id: string;
  /** Some drivers return a 64-bit integer as a string. */
  readonly sequence: number | string | null;
}

/** Reads and writes the tables of the ledger by prepared statements, in the open transaction. */
@Injectable()
export class LedgerRepository {
  private readonly headUpdate = new Statement(
    `UPDATE audit_ledger_heads SET sequence = ?, recorded_at = ?, backfill_until = ?, backfill_position = ?
     WHERE account_id = ?`,
  );
  private readonly recordedAtQuery = new Statement<{ recordedAt: string | Date }>(
    'SELECT recorded_at AS recordedAt FROM audit_ledger WHERE account_id = ? AND sequence = ?',
  );
  private readonly oldestPendingQuery = new Statement<{ id: string }>(
    'SELECT id FROM audit_pending ORDER BY id LIMIT 1',
  );

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /**
   * Locks the heads of accounts until the transaction ends, and returns them, sorted by account. Creates those that do
   * not exist.
   */
  async lockHeads(accountIds: readonly string[]): Promise<AuditLedgerHead[]> {
    const heads = await this.selectForUpdate(accountIds);
    if (heads.length === accountIds.length) return heads;
    const known = new Set(heads.map(({ accountId }) => accountId));
    for (const accountId of accountIds.filter((id) => !known.has(id))) {
      await insertIgnoring(this.manager, AuditLedgerHead, emptyHead(accountId));
    }
    return this.selectForUpdate(accountIds);
  }

  /** Returns the head of an account; undefined if no record of it was ever sequenced. */
  async findHead(accountId: string): Promise<AuditLedgerHead | undefined> {
    const heads = SelectStatement.for(this.manager, AuditLedgerHead);
    const [head] = await heads.rows(this.manager, 'WHERE account_id = ?', [accountId]);
    return head;
  }

  /** Returns the accounts that still have existing records without places. */
  async listAccountsToBackfill(): Promise<string[]> {
    const heads = SelectStatement.for(this.manager, AuditLedgerHead);
    const found = await heads.rows(this.manager, 'WHERE backfill_until IS NOT NULL ORDER BY account_id', []);
    return found.map(({ accountId }) => accountId);
  }

  /** Returns the accounts that have pending records, by one seek in an index for each of them. */
  listPendingAccounts(): Promise<string[]> {
    return this.listAccounts('audit_pending');
  }

  /** Returns the accounts that have records, by one seek in an index for each of them. */
  listRecordedAccounts(): Promise<string[]> {
    return this.listAccounts('activities');
  }

  /** Returns the first rows of pending records of an account, past an id. */
  listPending(accountId: string, after: string, take: number): Promise<PendingRecords[]> {
    return SelectStatement.for(this.manager, PendingRecords).rows(
      this.manager,
      `WHERE account_id = ? AND id > ? ORDER BY id LIMIT ${take}`,
      [accountId, after],
    );
  }

  /** Returns the records of an account with these ids, in no particular order. */
  async findRecords(accountId: string, ids: readonly string[]): Promise<Activity[]> {
    const select = SelectStatement.for(this.manager, Activity);
    const records: Activity[] = [];
    for (const { placeholders, values } of listsOf(ids)) {
      const clauses = `WHERE account_id = ? AND id IN (${placeholders})`;
      records.push(...(await select.rows(this.manager, clauses, [accountId, ...values])));
    }
    return records;
  }

  /** Returns records of an account by id, past an id and up to another one. */
  listRecords(accountId: string, after: string, upTo: string, take: number): Promise<Activity[]> {
    const clauses = `WHERE account_id = ? AND id > ? AND id <= ? ORDER BY id LIMIT ${take}`;
    return SelectStatement.for(this.manager, Activity).rows(this.manager, clauses, [accountId, after, upTo]);
  }

  /** Returns those of the records that have a place in the ledger of their account. */
  async findPlaced(accountId: string, ids: readonly string[]): Promise<Set<string>> {
    const placed = new Set<string>();
    for (const { placeholders, values } of listsOf(ids)) {
      const found = await new Statement<{ id: string }>(
        `SELECT activity_id AS id FROM audit_ledger ${indexHint(this.manager.dataSource, BY_ACTIVITY)}
         WHERE account_id = ? AND activity_id IN (${placeholders})`,
      ).rows(this.manager, [accountId, ...values]);
      for (const { id } of found) placed.add(id);
    }
    return placed;
  }

  /** Returns the ids of an account's records, past an id and before another one, with their places. */
  listPlaces(accountId: string, after: string, before: string, take: number): Promise<RecordPlace[]> {
    return new Statement<RecordPlace>(
      `SELECT activities.id AS id, audit_ledger.sequence AS sequence
       FROM activities LEFT JOIN audit_ledger ${indexHint(this.manager.dataSource, BY_ACTIVITY)}
         ON audit_ledger.account_id = activities.account_id AND audit_ledger.activity_id = activities.id
       WHERE activities.account_id = ? AND activities.id > ? AND activities.id < ?
       ORDER BY activities.id LIMIT ${take}`,
    ).rows(this.manager, [accountId, after, before]);
  }

  /** Returns the `recordedAt` of an entry; undefined if there is none. */
  async findRecordedAt(accountId: string, sequence: number): Promise<Date | undefined> {
    const [entry] = await this.recordedAtQuery.rows(this.manager, [accountId, sequence]);
    return entry && readInstant(entry.recordedAt);
  }

  /** Returns the id of the oldest row of pending records; undefined if there is none. */
  async findOldestPending(): Promise<string | undefined> {
    const [oldest] = await this.oldestPendingQuery.rows(this.manager, []);
    return oldest?.id;
  }

  /**
   * The approximate maximum number of records that one transaction appends. A transaction must be short, because others
   * wait for it: on SQLite all that write, elsewhere only those that append to the same ledgers. The more records it
   * appends, the fewer round trips to the database are needed, each of which waits for its turn in the event loop.
   */
  get maxAppended(): number {
    return dialectOf(this.manager.dataSource).hasSingleConnection ? 1000 : 4000;
  }

  /** Inserts the entries of records in batches. While a server inserts one batch, this process can serve requests. */
  async insertEntries(placed: readonly PlacedRecord[]): Promise<void> {
    const insert = InsertStatement.for(this.manager.dataSource, AuditLedgerEntry);
    for (let start = 0; start < placed.length; start += ENTRIES_AT_ONCE)
      await insert.run(this.manager, ledgerEntriesOf(placed.slice(start, start + ENTRIES_AT_ONCE)), ENTRIES_AT_ONCE);
  }

  /** Inserts rows that announce records to the sequencer. */
  async insertPending(rows: readonly PendingRecords[]): Promise<void> {
    await this.unitOfWork.insert({ entity: PendingRecords, rows });
  }

  /** Stores the end of a ledger and the state of its backfill. */
  async updateHead(head: AuditLedgerHead): Promise<void> {
    const { accountId, sequence, recordedAt, backfillUntil, backfillPosition } = head;
    const stored = recordedAt && toStoredInstant(this.manager.dataSource, recordedAt);
    await this.headUpdate.run(this.manager, [sequence, stored, backfillUntil, backfillPosition, accountId]);
  }

  /** Stores where the next check of this part of the account's records continues. */
  async updatePosition(accountId: string, part: CheckedPart, position: string | null): Promise<void> {
    const column = part === 'recent' ? 'checked_through' : 'pass_position';
    const update = new Statement(`UPDATE audit_ledger_heads SET ${column} = ? WHERE account_id = ?`);
    await update.run(this.manager, [position, accountId]);
  }

  /** Deletes rows of pending records by their ids. */
  deletePending(ids: readonly string[]): Promise<void> {
    return deleteRows(this.manager, 'audit_pending', ids);
  }

  private async listAccounts(table: 'activities' | 'audit_pending'): Promise<string[]> {
    const next = new Statement<{ accountId: string }>(
      `SELECT account_id AS accountId FROM ${table} WHERE account_id > ? ORDER BY account_id LIMIT 1`,
    );
    const accountIds: string[] = [];
    for (;;) {
      const [found] = await next.rows(this.manager, [accountIds.at(-1) ?? '']);
      if (!found) return accountIds;
      accountIds.push(found.accountId);
    }
  }

  private selectForUpdate(accountIds: readonly string[]): Promise<AuditLedgerHead[]> {
    const { placeholders, values } = listOf(accountIds);
    const clauses = `WHERE account_id IN (${placeholders}) ORDER BY account_id ${lockingClause(this.manager.dataSource)}`;
    return SelectStatement.for(this.manager, AuditLedgerHead).rows(this.manager, clauses, values);
  }

  private get manager() {
    return this.unitOfWork.manager;
  }
}

/** Splits ids into lists for `IN (…)`. MariaDB would convert a longer list to a temporary table. */
function listsOf(ids: readonly string[]): ReturnType<typeof listOf>[] {
  const count = Math.ceil(ids.length / MAX_LIST);
  return Array.from({ length: count }, (_, part) => listOf(ids.slice(part * MAX_LIST, (part + 1) * MAX_LIST)));
}
