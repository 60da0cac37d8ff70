import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, id, instant, integer, references, text } from './tables';

const key = id('id', { isPrimary: true });
const optional = { isNullable: true };
const address = text('ip_address', 45, optional);

/** Limits of failed logins by address and by e-mail, and windows in which refused ones are counted. */
export class LoginLimits1764300000000 implements MigrationInterface {
  readonly name = 'LoginLimits1764300000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    // Attempts of the last quarter of an hour are forgotten once.
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
    await createTable(queryRunner, {
      name: 'unknown_logins',
      columns: [key, address, text('user_agent', 512, optional), text('request_id', 64, optional)],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const tables = ['unknown_logins', 'login_refusal_counts', 'login_refusals', 'known_login_addresses'];
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
}
