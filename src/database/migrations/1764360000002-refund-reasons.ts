import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The reasons of refunds that got another code, by their old code. */
const RENAMED: readonly (readonly [before: string, after: string])[] = [
  ['customer_request', 'shopper_request'],
  ['technical_issue', 'technical_problem'],
];

/** Renames reasons of refunds, so that those of refunds and of subscriptions are the same. Records keep the old codes. */
export class RefundReasons1764360000002 implements MigrationInterface {
  readonly name = 'RefundReasons1764360000002';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const [before, after] of RENAMED) await rename(queryRunner, before, after);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const [before, after] of RENAMED) await rename(queryRunner, after, before);
  }
}

async function rename(queryRunner: QueryRunner, before: string, after: string): Promise<void> {
  await queryRunner.query('UPDATE refunds SET reason = ? WHERE reason = ?', [after, before]);
}
