import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds the version of a custom activity type, which a change must name. */
export class ActivityTypeVersions1764370000001 implements MigrationInterface {
  readonly name = 'ActivityTypeVersions1764370000001';

  /** On MySQL, adding a column commits. So a migration that was interrupted before it was registered runs again. */
  async up(queryRunner: QueryRunner): Promise<void> {
    if (await queryRunner.hasColumn('custom_activity_types', 'version')) return;
    await queryRunner.query('ALTER TABLE custom_activity_types ADD COLUMN version integer NOT NULL DEFAULT 1');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE custom_activity_types DROP COLUMN version');
  }
}
