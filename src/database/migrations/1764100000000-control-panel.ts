import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, id, instant, integer, json, longText, money, references, text } from './tables';

const key = id('id', { isPrimary: true });
const account = id('account_id');
const ofAccount = references('account_id', 'accounts');
const optional = { isNullable: true };
const shopper = [text('shopper_name', 200), text('shopper_email', 254)];
const card = [text('card_token', 128), text('card_brand', 32), text('card_last_four', 4), text('card_expires', 7)];

/** Creates the tables of the Control Panel: products, orders, invoices, subscriptions and refunds. */
export class ControlPanel1764100000000 implements MigrationInterface {
  readonly name = 'ControlPanel1764100000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await this.createCatalog(queryRunner);
    await this.createOrders(queryRunner);
    await this.createSubscriptions(queryRunner);
    await this.createMoneyAndMail(queryRunner);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const newestFirst = ['outgoing_mails', 'ledger_entries', 'refund_lines', 'refunds', 'invoices', 'subscriptions'];
    const rest = ['order_lines', 'orders', 'idempotency_keys', 'counters', 'product_upgrades', 'products'];
    for (const table of [...newestFirst, ...rest]) await queryRunner.dropTable(table);
  }

  private async createCatalog(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'products',
      columns: [
        key,
        account,
        text('code', 64),
        text('name', 200),
        money('price'),
        text('currency', 3),
        integer('billing_cycle_months'),
        money('non_refundable_fee'),
        instant('created_at'),
      ],
      indices: [{ name: 'products_code', columnNames: ['account_id', 'code'], isUnique: true }],
      foreignKeys: [ofAccount],
    });
    await createTable(queryRunner, {
      name: 'product_upgrades',
      columns: [id('from_product_id', { isPrimary: true }), id('to_product_id', { isPrimary: true })],
      indices: [{ name: 'product_upgrades_to', columnNames: ['to_product_id'] }],
      foreignKeys: [references('from_product_id', 'products'), references('to_product_id', 'products')],
    });
  }

  private async createOrders(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'counters',
      columns: [id('account_id', { isPrimary: true }), text('name', 16, { isPrimary: true }), integer('value')],
      foreignKeys: [ofAccount],
    });
    await createTable(queryRunner, {
      name: 'idempotency_keys',
      columns: [
        id('account_id', { isPrimary: true }),
        text('key_hash', 64, { isPrimary: true }),
        text('body_hash', 64),
        longText('answer'),
        instant('created_at'),
      ],
      foreignKeys: [ofAccount],
    });
    await createTable(queryRunner, {
      name: 'orders',
      columns: [
        key,
        account,
        text('reference', 16),
        text('status', 16),
        ...shopper,
        text('shopper_country', 2),
        text('currency', 3),
        money('total'),
        money('refunded'),
        text('comment', 2000, optional),
        ...card,
        instant('placed_at'),
      ],
      indices: [
        { name: 'orders_reference', columnNames: ['account_id', 'reference'], isUnique: true },
        { name: 'orders_shopper', columnNames: ['account_id', 'shopper_email', 'id'] },
        { name: 'orders_by_account', columnNames: ['account_id', 'id'] },
      ],
      foreignKeys: [ofAccount],
    });
    await createTable(queryRunner, {
      name: 'order_lines',
      columns: [
        key,
        id('order_id'),
        integer('position'),
        id('product_id'),
        text('product_code', 64),
        text('product_name', 200),
        integer('quantity'),
        money('unit_price'),
        money('amount'),
        money('non_refundable_fee'),
        text('subscription_reference', 16, optional),
      ],
      indices: [{ name: 'order_lines_by_order', columnNames: ['order_id', 'position'], isUnique: true }],
      foreignKeys: [references('order_id', 'orders'), references('product_id', 'products')],
    });
  }

  private async createSubscriptions(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'subscriptions',
      columns: [
        key,
        account,
        text('reference', 16),
        text('order_reference', 16),
        id('product_id'),
        integer('quantity'),
        ...shopper,
        text('status', 16),
        text('expiry_reason', 32, optional),
        text('renewal', 16),
        money('price'),
        text('currency', 3),
        integer('billing_cycle_months'),
        money('renewal_price', optional),
        integer('renewal_cycles', optional),
        instant('cycle_started_at'),
        instant('ends_at'),
        ...card,
        instant('created_at'),
      ],
      indices: [
        { name: 'subscriptions_reference', columnNames: ['account_id', 'reference'], isUnique: true },
        { name: 'subscriptions_shopper', columnNames: ['account_id', 'shopper_email', 'id'] },
        { name: 'subscriptions_by_account', columnNames: ['account_id', 'id'] },
        { name: 'subscriptions_due', columnNames: ['status', 'ends_at'] },
      ],
      foreignKeys: [ofAccount, references('product_id', 'products')],
    });
  }

  private async createMoneyAndMail(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'invoices',
      columns: [
        key,
        account,
        integer('number'),
        id('order_id'),
        money('total'),
        text('currency', 3),
        text('seller_name', 200),
        text('time_zone', 64),
        instant('issued_at'),
      ],
      indices: [
        { name: 'invoices_number', columnNames: ['account_id', 'number'], isUnique: true },
        { name: 'invoices_order', columnNames: ['order_id'], isUnique: true },
      ],
      foreignKeys: [ofAccount, references('order_id', 'orders')],
    });
    await createTable(queryRunner, {
      name: 'refunds',
      columns: [
        key,
        id('order_id'),
        text('status', 16),
        money('requested_amount'),
        money('fee'),
        text('reason', 32),
        text('comment', 2000, optional),
        instant('requested_at'),
        instant('process_at'),
      ],
      indices: [
        { name: 'refunds_by_order', columnNames: ['order_id', 'id'] },
        { name: 'refunds_due', columnNames: ['status', 'process_at'] },
      ],
      foreignKeys: [references('order_id', 'orders')],
    });
    await createTable(queryRunner, {
      name: 'refund_lines',
      columns: [id('refund_id', { isPrimary: true }), integer('position', { isPrimary: true }), integer('quantity')],
      foreignKeys: [references('refund_id', 'refunds')],
    });
    await createTable(queryRunner, {
      name: 'ledger_entries',
      columns: [
        key,
        account,
        text('movement_key', 100),
        text('movement', 16),
        money('amount'),
        text('currency', 3),
        text('card_token', 128),
        instant('moved_at'),
      ],
      indices: [{ name: 'ledger_entries_key', columnNames: ['account_id', 'movement_key'], isUnique: true }],
      foreignKeys: [ofAccount],
    });
    await createTable(queryRunner, {
      name: 'outgoing_mails',
      columns: [
        key,
        account,
        text('recipient', 254),
        text('subject', 500),
        longText('text_body'),
        json('attachments'),
        text('status', 16),
        integer('tries'),
        instant('next_try_at'),
        instant('created_at'),
      ],
      indices: [{ name: 'outgoing_mails_due', columnNames: ['status', 'next_try_at'] }],
      foreignKeys: [ofAccount],
    });
  }
}
