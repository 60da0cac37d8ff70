import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Gives pending charges of orders the keys that the settlement reads: they have the id of the order now. */
export class OrderChargeKeys1764370000000 implements MigrationInterface {
  readonly name = 'OrderChargeKeys1764370000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await rename(queryRunner, 'reference', 'id');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await rename(queryRunner, 'id', 'reference');
  }
}

async function rename(queryRunner: QueryRunner, before: string, after: string): Promise<void> {
  await queryRunner.query(
    `UPDATE pending_charges SET movement_key = COALESCE(
       (SELECT CONCAT('order:', orders.${after}) FROM orders
         WHERE orders.account_id = pending_charges.account_id
           AND CONCAT('order:', orders.${before}) = pending_charges.movement_key),
       movement_key)
     WHERE movement_key LIKE 'order:%'`,
  );
}
