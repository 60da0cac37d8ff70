import { TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';

/** The columns of the indexes by their names, which begin with the name of the table. */
const INDEXES = [
  ['by_order', ['account_id', 'order_reference', 'id']],
  ['by_subscription', ['account_id', 'subscription_reference', 'id']],
] as const;
const TABLES = ['activities', 'unclaimed_attempts'] as const;

/** Adds indexes that find the activities about an order or a subscription. */
export class ActivityReferenceIndexes1764340000001 implements MigrationInterface {
  readonly name = 'ActivityReferenceIndexes1764340000001';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const table of TABLES) {
      for (const [suffix, columns] of INDEXES) {
        await queryRunner.createIndex(table, new TableIndex({ name: `${table}_${suffix}`, columnNames: [...columns] }));
      }
    }
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of TABLES) {
      for (const [suffix] of INDEXES) await queryRunner.dropIndex(table, `${table}_${suffix}`);
    }
  }
}
