import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, id, instant, integer, longText, money, references, text } from './tables';

const key = id('id', { isPrimary: true });
const optional = { isNullable: true };
const address = text('ip_address', 45, optional);

/** Adds limits of failed logins by IP address and by email address, and windows in which refused logins are counted. */
export class LoginLimits1764300000000 implements MigrationInterface {
  readonly name = 'LoginLimits1764300000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    // The failed logins of the last 15 minutes are lost, once.
    await queryRunner.dropTable('login_attempts');
    await createTable(queryRunner, {
      name: 'login_attempts',
      columns: [
        key,
        text('pair_key', 64, optional),
        text('address_key', 64),
        text('email_key', 64),
        instant('failed_at', optional),
      ],
      indices: [
        { name: 'login_attempts_by_pair', columnNames: ['pair_key', 'id'] },
        { name: 'login_attempts_by_address', columnNames: ['address_key', 'id'] },
        { name: 'login_attempts_by_email', columnNames: ['email_key', 'id'] },
      ],
    });
    await createTable(queryRunner, {
      name: 'known_login_addresses',
      columns: [
        id('user_id', { isPrimary: true }),
        text('address_key', 64, { isPrimary: true }),
        instant('last_login_at'),
      ],
      indices: [{ name: 'known_login_addresses_by_time', columnNames: ['last_login_at'] }],
      foreignKeys: [references('user_id', 'users')],
    });
    await createTable(queryRunner, {
      name: 'login_refusals',
      columns: [
        text('refusal_key', 64, { isPrimary: true }),
        id('id'),
        instant('ends_at'),
        text('activity', 64),
        id('account_id', optional),
        id('user_id', optional),
        text('user_name', 200, optional),
        address,
      ],
      indices: [{ name: 'login_refusals_by_end', columnNames: ['ends_at'] }],
    });
    await createTable(queryRunner, {
      name: 'login_refusal_counts',
      columns: [
        id('window_id', { isPrimary: true }),
        id('process_id', { isPrimary: true }),
        integer('refused'),
        instant('last_at'),
        address,
      ],
    });
    await this.createUnclaimedAttempts(queryRunner);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const tables = ['unclaimed_attempts', 'login_refusal_counts', 'login_refusals', 'known_login_addresses'];
    for (const table of [...tables, 'login_attempts']) await queryRunner.dropTable(table);
    await createTable(queryRunner, {
      name: 'login_attempts',
      columns: [key, text('attempt_key', 64), instant('tried_at')],
      indices: [
        { name: 'login_attempts_by_key', columnNames: ['attempt_key', 'tried_at'] },
        { name: 'login_attempts_by_time', columnNames: ['tried_at'] },
      ],
    });
  }

  /** As the activities are now, because writing to both has to take the same time. */
  private async createUnclaimedAttempts(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'unclaimed_attempts',
      columns: [
        id('account_id', { isPrimary: true }),
        key,
        instant('occurred_at'),
        id('user_id', optional),
        text('user_name', 200),
        text('activity', 64),
        text('outcome', 8),
        text('subscription_reference', 64, optional),
        text('order_reference', 64, optional),
        money('amount', optional),
        text('currency', 3, optional),
        integer('billing_cycles', optional),
        text('comment', 2000, optional),
        text('page', 200, optional),
        address,
        text('user_agent', 512, optional),
        text('request_id', 64, optional),
        text('sent_by', 200, optional),
        longText('details', optional),
      ],
      indices: [
        { name: 'unclaimed_attempts_by_user', columnNames: ['account_id', 'user_id', 'id', 'activity', 'outcome'] },
        { name: 'unclaimed_attempts_by_activity', columnNames: ['account_id', 'activity', 'outcome', 'id'] },
      ],
    });
  }
}
