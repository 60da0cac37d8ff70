import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, id, instant, integer, longText, money, references, text } from './tables';

const version = integer('version');

/** Creates the tables of accounts, users, roles, sessions and activities. */
export class AccessAndAudit1764000000000 implements MigrationInterface {
  readonly name = 'AccessAndAudit1764000000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'accounts',
      columns: [
        id('id', { isPrimary: true }),
        text('name', 200),
        text('time_zone', 64),
        version,
        instant('created_at'),
      ],
    });
    await createTable(queryRunner, {
      name: 'users',
      columns: [
        id('id', { isPrimary: true }),
        id('account_id'),
        text('email', 254),
        text('name', 200),
        text('password_hash', 200),
        text('status', 16),
        instant('disabled_at', { isNullable: true }),
        version,
        instant('created_at'),
      ],
      indices: [
        { name: 'users_by_account', columnNames: ['account_id', 'id'] },
        { name: 'users_email', columnNames: ['email'], isUnique: true },
      ],
      foreignKeys: [references('account_id', 'accounts')],
    });
    await createTable(queryRunner, {
      name: 'roles',
      columns: [id('id', { isPrimary: true }), id('account_id'), text('name', 100), version, instant('created_at')],
      indices: [{ name: 'roles_name', columnNames: ['account_id', 'name'], isUnique: true }],
      foreignKeys: [references('account_id', 'accounts')],
    });
    await createTable(queryRunner, {
      name: 'role_privileges',
      columns: [id('role_id', { isPrimary: true }), text('privilege', 64, { isPrimary: true })],
      foreignKeys: [references('role_id', 'roles', { onDelete: 'CASCADE' })],
    });
    await createTable(queryRunner, {
      name: 'user_roles',
      columns: [id('user_id', { isPrimary: true }), id('role_id', { isPrimary: true })],
      indices: [{ name: 'user_roles_by_role', columnNames: ['role_id'] }],
      foreignKeys: [references('user_id', 'users'), references('role_id', 'roles')],
    });
    await createTable(queryRunner, {
      name: 'sessions',
      columns: [
        text('token_hash', 64, { isPrimary: true }),
        id('user_id'),
        instant('created_at'),
        instant('expires_at'),
      ],
      indices: [{ name: 'sessions_by_user', columnNames: ['user_id', 'expires_at'] }],
      foreignKeys: [references('user_id', 'users')],
    });
    await createTable(queryRunner, {
      name: 'login_attempts',
      columns: [id('id', { isPrimary: true }), text('attempt_key', 64), instant('tried_at')],
      indices: [
        { name: 'login_attempts_by_key', columnNames: ['attempt_key', 'tried_at'] },
        { name: 'login_attempts_by_time', columnNames: ['tried_at'] },
      ],
    });
    await createTable(queryRunner, {
      name: 'activities',
      columns: [
        id('account_id', { isPrimary: true }),
        id('id', { isPrimary: true }),
        instant('occurred_at'),
        id('user_id', { isNullable: true }),
        text('user_name', 200),
        text('activity', 64),
        text('outcome', 8),
        text('subscription_reference', 64, { isNullable: true }),
        text('order_reference', 64, { isNullable: true }),
        money('amount', { isNullable: true }),
        text('currency', 3, { isNullable: true }),
        integer('billing_cycles', { isNullable: true }),
        text('comment', 2000, { isNullable: true }),
        text('page', 200, { isNullable: true }),
        text('ip_address', 45, { isNullable: true }),
        text('user_agent', 512, { isNullable: true }),
        text('request_id', 64, { isNullable: true }),
        longText('details', { isNullable: true }),
      ],
      indices: [
        { name: 'activities_by_user', columnNames: ['account_id', 'user_id', 'id', 'activity', 'outcome'] },
        { name: 'activities_by_activity', columnNames: ['account_id', 'activity', 'id', 'outcome'] },
      ],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of [
      'activities',
      'login_attempts',
      'sessions',
      'user_roles',
      'role_privileges',
      'roles',
      'users',
      'accounts',
    ]) {
      await queryRunner.dropTable(table);
    }
  }
}
