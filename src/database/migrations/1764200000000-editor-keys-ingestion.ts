import { TableIndex, type MigrationInterface, type QueryRunner, type TableColumnOptions } from 'typeorm';
import { ulid } from 'ulid';
import { addColumn, createTable, id, instant, integer, json, references, text } from './tables';

const key = id('id', { isPrimary: true });
const account = id('account_id');
const ofAccount = references('account_id', 'accounts');
const optional = { isNullable: true };

/** Columns that are added to existing tables. */
const ADDED: readonly (readonly [table: string, column: TableColumnOptions])[] = [
  ['activities', text('sent_by', 200, optional)],
  ['accounts', integer('retention_days', { default: '3650' })],
  ['users', instant('password_issued_at', optional)],
  ['orders', text('shopper_language', 35, optional)],
  ['outgoing_mails', json('html_body', optional)],
];

/** Columns of the table of sessions before this migration. */
const KEPT = ['token_hash', 'user_id', 'created_at', 'expires_at'];

/** Adds email templates, API keys, records from other systems, and what users see of their own sessions. */
export class EditorKeysIngestion1764200000000 implements MigrationInterface {
  readonly name = 'EditorKeysIngestion1764200000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const [table, column] of ADDED) await addColumn(queryRunner, table, column);
    await this.indexActivities(queryRunner, ['account_id', 'activity', 'outcome', 'id']);
    await this.replaceSessions(queryRunner);
    await this.createAccess(queryRunner);
    await this.createEditor(queryRunner);
    await createTable(queryRunner, {
      name: 'custom_activity_types',
      columns: [
        id('account_id', { isPrimary: true }),
        text('code', 64, { isPrimary: true }),
        text('label', 100),
        text('group_name', 100),
        instant('created_at'),
      ],
      foreignKeys: [ofAccount],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const tables = ['custom_activity_types', 'active_email_templates', 'email_template_versions', 'email_templates'];
    for (const table of [...tables, 'invitations', 'api_keys', 'sessions']) await queryRunner.dropTable(table);
    for (const [table, { name }] of ADDED) await queryRunner.dropColumn(table, name);
    await this.createSessions(queryRunner, []);
    await this.indexActivities(queryRunner, ['account_id', 'activity', 'id', 'outcome']);
  }

  /**
   * Adds an index with the outcome before the id, so that denied and failed activities are found without reading the
   * others.
   */
  private async indexActivities(queryRunner: QueryRunner, columnNames: string[]): Promise<void> {
    await queryRunner.dropIndex('activities', 'activities_by_activity');
    await queryRunner.createIndex('activities', new TableIndex({ name: 'activities_by_activity', columnNames }));
  }

  /** Adds to sessions an id that can be shown, and where they were opened. Open sessions stay open. */
  private async replaceSessions(queryRunner: QueryRunner): Promise<void> {
    const open = (await queryRunner.query(`SELECT ${KEPT.join(', ')} FROM sessions`)) as Record<string, unknown>[];
    await queryRunner.dropTable('sessions');
    await this.createSessions(queryRunner, [
      id('id'),
      text('ip_address', 45, optional),
      text('user_agent', 512, optional),
    ]);
    for (const session of open) {
      const values = [ulid(), ...KEPT.map((column) => session[column])];
      await queryRunner.query(`INSERT INTO sessions (id, ${KEPT.join(', ')}) VALUES (?, ?, ?, ?, ?)`, values);
    }
  }

  private async createSessions(queryRunner: QueryRunner, more: readonly TableColumnOptions[]): Promise<void> {
    await createTable(queryRunner, {
      name: 'sessions',
      columns: [
        text('token_hash', 64, { isPrimary: true }),
        id('user_id'),
        instant('created_at'),
        instant('expires_at'),
        ...more,
      ],
      indices: [
        { name: 'sessions_by_user', columnNames: ['user_id', 'expires_at'] },
        ...(more.length > 0 ? [{ name: 'sessions_id', columnNames: ['id'], isUnique: true }] : []),
      ],
      foreignKeys: [references('user_id', 'users')],
    });
  }

  private async createAccess(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'api_keys',
      columns: [
        key,
        account,
        text('name', 100),
        text('token_hash', 64),
        text('prefix', 16),
        id('maker_id'),
        text('privileges', 1000),
        text('networks', 2200),
        instant('created_at'),
        instant('expires_at', optional),
        instant('last_used_at', optional),
        instant('revoked_at', optional),
      ],
      indices: [
        { name: 'api_keys_token', columnNames: ['token_hash'], isUnique: true },
        { name: 'api_keys_by_account', columnNames: ['account_id', 'id'] },
      ],
      foreignKeys: [ofAccount, references('maker_id', 'users')],
    });
    await createTable(queryRunner, {
      name: 'invitations',
      columns: [
        text('token_hash', 64, { isPrimary: true }),
        id('user_id'),
        text('email', 254),
        instant('created_at'),
        instant('expires_at'),
      ],
      indices: [{ name: 'invitations_by_user', columnNames: ['user_id'] }],
      foreignKeys: [references('user_id', 'users')],
    });
  }

  private async createEditor(queryRunner: QueryRunner): Promise<void> {
    const ofTemplate = references('template_id', 'email_templates');
    await createTable(queryRunner, {
      name: 'email_templates',
      columns: [
        key,
        account,
        text('kind', 32),
        text('language', 35),
        text('name', 200),
        integer('version'),
        instant('created_at'),
        instant('updated_at'),
        instant('deleted_at', optional),
      ],
      indices: [{ name: 'email_templates_by_account', columnNames: ['account_id', 'id'] }],
      foreignKeys: [ofAccount],
    });
    await createTable(queryRunner, {
      name: 'email_template_versions',
      columns: [
        id('template_id', { isPrimary: true }),
        integer('version', { isPrimary: true }),
        json('content'),
        text('made_by', 200),
        instant('made_at'),
      ],
      foreignKeys: [ofTemplate],
    });
    await createTable(queryRunner, {
      name: 'active_email_templates',
      columns: [
        id('account_id', { isPrimary: true }),
        text('kind', 32, { isPrimary: true }),
        text('language', 35, { isPrimary: true }),
        id('template_id'),
        integer('version'),
        instant('activated_at'),
      ],
      indices: [{ name: 'active_email_templates_by_template', columnNames: ['template_id'] }],
      foreignKeys: [ofAccount, ofTemplate],
    });
  }
}
