import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Adds the length of a subscription's current billing cycle, which an upgrade to a product with another cycle does not
 * change. Until now it was not stored, so the length of the next cycles is copied.
 */
export class CurrentCycle1764360000000 implements MigrationInterface {
  readonly name = 'CurrentCycle1764360000000';

  /** On MySQL, adding a column commits. So a migration that was interrupted before it copied the lengths runs again. */
  async up(queryRunner: QueryRunner): Promise<void> {
    if (!(await queryRunner.hasColumn('subscriptions', 'cycle_months'))) {
      await queryRunner.query('ALTER TABLE subscriptions ADD COLUMN cycle_months integer NOT NULL DEFAULT 0');
    }
    await queryRunner.query('UPDATE subscriptions SET cycle_months = billing_cycle_months');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE subscriptions DROP COLUMN cycle_months');
  }
}
