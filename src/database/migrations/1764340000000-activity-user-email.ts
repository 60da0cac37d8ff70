import type { MigrationInterface, QueryRunner } from 'typeorm';
import { appendColumn, text } from './tables';

/** The tables that store who acted. */
const TABLES = ['activities', 'unclaimed_attempts', 'login_refusals'];
/** Number of records that are read and updated at once. */
const BATCH = 1000;

/** A record of a person who is not a user of the account. */
interface PersonalRecord {
  readonly id: string;
  readonly details: string | null;
}

/**
 * Adds the email address of the person who acted. Until now, records that another system sent about a person who is not
 * a user had it in their details; it is copied from there. Other records keep null.
 */
export class ActivityUserEmail1764340000000 implements MigrationInterface {
  readonly name = 'ActivityUserEmail1764340000000';

  /** On MySQL, adding a column commits. So a migration that was interrupted while it copied addresses runs again. */
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const table of TABLES) {
      if (!(await queryRunner.hasColumn(table, 'user_email'))) {
        await appendColumn(queryRunner, table, text('user_email', 254, { isNullable: true }));
      }
    }
    const accounts = (await queryRunner.query('SELECT id FROM accounts')) as { readonly id: string }[];
    for (const { id } of accounts) await this.copyAddresses(queryRunner, id);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of TABLES) await queryRunner.query(`ALTER TABLE ${table} DROP COLUMN user_email`);
  }

  /** Copies the addresses from the details of an account's records without a user, which the index by user finds. */
  private async copyAddresses(queryRunner: QueryRunner, accountId: string): Promise<void> {
    for (let after = '', isDone = false; !isDone;) {
      const records = (await queryRunner.query(
        `SELECT id, details FROM activities WHERE account_id = ? AND user_id IS NULL AND id > ? ORDER BY id LIMIT ${BATCH}`,
        [accountId, after],
      )) as PersonalRecord[];
      for (const [address, ids] of groupByAddress(records)) {
        await queryRunner.query(
          `UPDATE activities SET user_email = ? WHERE account_id = ? AND id IN (${ids.map(() => '?').join(', ')})`,
          [address, accountId, ...ids],
        );
      }
      after = records.at(-1)?.id ?? after;
      isDone = records.length < BATCH;
    }
  }
}

/** Returns the ids of the records of each email address. */
function groupByAddress(records: readonly PersonalRecord[]): Map<string, string[]> {
  const idsOf = new Map<string, string[]>();
  for (const { id, details } of records) {
    const { userEmail } = (details === null ? {} : JSON.parse(details)) as { readonly userEmail?: unknown };
    if (typeof userEmail !== 'string') continue;
    const address = userEmail.slice(0, 254);
    idsOf.set(address, [...(idsOf.get(address) ?? []), id]);
  }
  return idsOf;
}
