import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, id, instant, longText, sequence, text } from './tables';

/** Adds the ledger of each account, which gives its records their places. */
export class AuditLedger1764350000000 implements MigrationInterface {
  readonly name = 'AuditLedger1764350000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'audit_ledger',
      // SQLite would store the primary key twice.
      withoutRowid: true,
      columns: [
        id('account_id', { isPrimary: true }),
        sequence('sequence', { isPrimary: true }),
        id('activity_id'),
        instant('recorded_at'),
        text('digest', 64),
        text('leaf_hash', 64),
        text('salt', 32, { isNullable: true }),
        text('personal_hash', 64),
      ],
      indices: [{ name: 'audit_ledger_by_activity', columnNames: ['account_id', 'activity_id'], isUnique: true }],
    });
    await createTable(queryRunner, {
      name: 'audit_ledger_heads',
      columns: [
        id('account_id', { isPrimary: true }),
        sequence('sequence'),
        instant('recorded_at', { isNullable: true }),
        id('backfill_until', { isNullable: true }),
        id('backfill_position', { isNullable: true }),
        id('checked_through', { isNullable: true }),
        id('pass_position', { isNullable: true }),
      ],
    });
    await createTable(queryRunner, {
      name: 'audit_pending',
      columns: [id('id', { isPrimary: true }), id('account_id'), longText('activity_ids')],
      indices: [{ name: 'audit_pending_by_account', columnNames: ['account_id', 'id'] }],
    });
    await this.createHeads(queryRunner);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of ['audit_pending', 'audit_ledger_heads', 'audit_ledger']) await queryRunner.dropTable(table);
  }

  /** Creates the head of each account. Existing records, up to the newest one, get their places by a job. */
  private async createHeads(queryRunner: QueryRunner): Promise<void> {
    const newest = `(SELECT activities.id FROM activities WHERE activities.account_id = accounts.id
                     ORDER BY activities.id DESC LIMIT 1)`;
    await queryRunner.query(
      `INSERT INTO audit_ledger_heads (account_id, sequence, backfill_until, checked_through)
       SELECT id, 0, ${newest}, ${newest} FROM accounts`,
    );
  }
}
