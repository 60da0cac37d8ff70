import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Lets every role that can build the report also follow the feed. Nobody could grant the new privilege otherwise, because
 * users can only grant privileges that they hold.
 */
export class ActivityFeed1764350000001 implements MigrationInterface {
  readonly name = 'ActivityFeed1764350000001';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `INSERT INTO role_privileges (role_id, privilege)
       SELECT role_id, 'activity_feed' FROM role_privileges WHERE privilege = 'users_activity'`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DELETE FROM role_privileges WHERE privilege = 'activity_feed'`);
  }
}
