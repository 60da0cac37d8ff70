import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds the column by which processes on several nodes of a cluster lock an email template. */
export class EmailTemplateLocks1764360000001 implements MigrationInterface {
  readonly name = 'EmailTemplateLocks1764360000001';

  /** On MySQL, adding a column commits. So a migration that was interrupted before it was registered runs again. */
  async up(queryRunner: QueryRunner): Promise<void> {
    if (await queryRunner.hasColumn('email_templates', 'lock_count')) return;
    await queryRunner.query('ALTER TABLE email_templates ADD COLUMN lock_count integer NOT NULL DEFAULT 0');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE email_templates DROP COLUMN lock_count');
  }
}
