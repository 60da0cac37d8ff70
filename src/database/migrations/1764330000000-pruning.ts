import { TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';
import { addColumn, json, longText } from './tables';

/** Indexes that find outdated rows. */
const BY_TIME = [
  ['idempotency_keys', 'idempotency_keys_by_time', ['created_at']],
  ['outgoing_mails', 'outgoing_mails_by_time', ['status', 'created_at']],
  ['sessions', 'sessions_by_expiry', ['expires_at']],
  ['invitations', 'invitations_by_expiry', ['expires_at']],
] as const;

/** Adds indexes that find outdated rows, and lets idempotency keys store responses of any length. */
export class Pruning1764330000000 implements MigrationInterface {
  readonly name = 'Pruning1764330000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const [table, name, columnNames] of BY_TIME) {
      await queryRunner.createIndex(table, new TableIndex({ name, columnNames: [...columnNames] }));
    }
    await this.moveAnswers(queryRunner);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DELETE FROM idempotency_keys');
    await queryRunner.dropColumn('idempotency_keys', 'response');
    await addColumn(queryRunner, 'idempotency_keys', longText('answer'));
    for (const [table, name] of BY_TIME) await queryRunner.dropIndex(table, name);
  }

  /** Moves stored responses to a JSON column, because a text column of MySQL has at most 64 KiB. */
  private async moveAnswers(queryRunner: QueryRunner): Promise<void> {
    await addColumn(queryRunner, 'idempotency_keys', json('response', { isNullable: true }));
    await queryRunner.query(`UPDATE idempotency_keys SET response = JSON_OBJECT('json', answer) WHERE answer <> ''`);
    await queryRunner.dropColumn('idempotency_keys', 'answer');
  }
}
