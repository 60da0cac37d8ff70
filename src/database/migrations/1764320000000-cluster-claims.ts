import { TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';
import { addColumn, id } from './tables';

/** Tables whose rows `lockRow` locks. */
const LOCKED = ['accounts', 'users'];

/** Adds the columns by which processes on several nodes of a cluster lock rows and claim emails. */
export class ClusterClaims1764320000000 implements MigrationInterface {
  readonly name = 'ClusterClaims1764320000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const table of LOCKED) {
      await queryRunner.query(`ALTER TABLE ${table} ADD COLUMN lock_count integer NOT NULL DEFAULT 0`);
    }
    await addColumn(queryRunner, 'outgoing_mails', id('claimed_by', { isNullable: true }));
    const index = new TableIndex({ name: 'outgoing_mails_by_claim', columnNames: ['claimed_by'] });
    await queryRunner.createIndex('outgoing_mails', index);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropIndex('outgoing_mails', 'outgoing_mails_by_claim');
    await queryRunner.dropColumn('outgoing_mails', 'claimed_by');
    for (const table of LOCKED) await queryRunner.query(`ALTER TABLE ${table} DROP COLUMN lock_count`);
  }
}
