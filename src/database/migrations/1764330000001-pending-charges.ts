import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, id, instant, money, references, text } from './tables';

/** Adds the charges that the built-in payment gateway settles later. */
export class PendingCharges1764330000001 implements MigrationInterface {
  readonly name = 'PendingCharges1764330000001';

  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'pending_charges',
      columns: [
        id('id', { isPrimary: true }),
        id('account_id'),
        text('movement_key', 100),
        money('amount'),
        text('currency', 3),
        text('card_token', 128),
        instant('settle_at'),
      ],
      indices: [{ name: 'pending_charges_key', columnNames: ['account_id', 'movement_key'], isUnique: true }],
      foreignKeys: [references('account_id', 'accounts')],
    });
    await this.finishPendingOrders(queryRunner);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('pending_charges');
  }

  /**
   * Finishes the pending orders. Before this version, an order got its invoice and its subscriptions when it was
   * placed, and could not be declined later, so its payment counts as captured.
   */
  private async finishPendingOrders(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `INSERT INTO ledger_entries (id, account_id, movement_key, movement, amount, currency, card_token, moved_at)
       SELECT id, account_id, CONCAT('order:', reference), 'charge', total, currency, card_token, placed_at
       FROM orders WHERE status = 'pending'`,
    );
    await queryRunner.query(`UPDATE orders SET status = 'finished' WHERE status = 'pending'`);
  }
}
