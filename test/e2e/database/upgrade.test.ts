import type { DataSource } from 'typeorm';
import { Account } from '../../../src/access/accounts/account.entity';
import { RolePrivilege } from '../../../src/access/members/role.entity';
import { User } from '../../../src/access/members/user.entity';
import { Activity } from '../../../src/audit/recording/activity.entity';
import { Session } from '../../../src/auth/sessions/session.entity';
import { LedgerEntry } from '../../../src/control-panel/payments/ledger-entry.entity';
import { PendingCharge } from '../../../src/control-panel/payments/pending-charge.entity';
import { Order } from '../../../src/control-panel/sales/order.entity';
import { Subscription } from '../../../src/control-panel/subscriptions/subscription.entity';
import { EditorKeysIngestion1764200000000 } from '../../../src/database/migrations/1764200000000-editor-keys-ingestion';
import { Pruning1764330000000 } from '../../../src/database/migrations/1764330000000-pruning';
import { CurrentCycle1764360000000 } from '../../../src/database/migrations/1764360000000-current-cycle';
import { ActivityFeed1764350000001 } from '../../../src/database/migrations/1764350000001-activity-feed';
import { PendingCharges1764330000001 } from '../../../src/database/migrations/1764330000001-pending-charges';
import { ActivityUserEmail1764340000000 } from '../../../src/database/migrations/1764340000000-activity-user-email';
import { OrderChargeKeys1764370000000 } from '../../../src/database/migrations/1764370000000-order-charge-keys';
import { IdempotencyKey } from '../../../src/idempotency/idempotency-key.entity';
import { TIME_ORDERED_ID } from '../../../src/lib/time-ordered-id';
import { useEmptyDatabase } from '../../support/use-empty-database';

describe('an upgrade', () => {
  const database = useEmptyDatabase();

  /** Makes the schema as it was before a migration, fills it, and runs the migration and those after it. */
  const upgrade = async (source: DataSource, migration: new () => object, fill: () => Promise<unknown>) => {
    const all = [...source.migrations];
    const first = all.findIndex((candidate) => candidate instanceof migration);
    source.migrations.splice(first);
    await source.runMigrations();
    await fill();
    source.migrations.splice(0, first, ...all);
    await source.runMigrations();
  };

  const insertAccount = (source: DataSource, accountId: string, at: string) =>
    source.query(
      'INSERT INTO accounts (id, name, time_zone, version, created_at, retention_days) VALUES (?, ?, ?, ?, ?, ?)',
      [accountId, 'Old Merchant', 'UTC', 1, at, 3650],
    );
  const insertPendingOrder = (source: DataSource, orderId: string, accountId: string, at: string) =>
    source.query(
      `INSERT INTO orders (id, account_id, reference, status, shopper_name, shopper_email, shopper_country, currency, total,
         refunded, card_token, card_brand, card_last_four, card_expires, placed_at)
       VALUES (?, ?, '2000001', 'pending', 'Sara', 'sara@shopper.example', 'RO', 'USD', 5990, 0, 'tok_pending', 'visa', '4242',
         '2031-12', ?)`,
      [orderId, accountId, at],
    );

  it('keeps the accounts, users and open sessions of a version before', async () => {
    const kept = await database.inSource(async (source) => {
      await upgrade(source, EditorKeysIngestion1764200000000, async () => {
        const [at, ids] = ['2026-01-15 09:30:00.000', ['01J000000000000000000ACC01', '01J000000000000000000VSER1']];
        await source.query('INSERT INTO accounts (id, name, time_zone, version, created_at) VALUES (?, ?, ?, ?, ?)', [
          ids[0],
          'Old Merchant',
          'UTC',
          1,
          at,
        ]);
        await source.query(
          'INSERT INTO users (id, account_id, email, name, password_hash, status, version, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
          [ids[1], ids[0], 'old@one.example', 'Olga Old', 'hash', 'active', 1, at],
        );
        await source.query('INSERT INTO sessions (token_hash, user_id, created_at, expires_at) VALUES (?, ?, ?, ?)', [
          'a'.repeat(64),
          ids[1],
          at,
          at,
        ]);
      });
      const { manager } = source;
      return [await manager.find(Account), await manager.find(User), await manager.find(Session)] as const;
    });
    const createdAt = new Date('2026-01-15T09:30:00.000Z');
    expect(kept).toEqual([
      [expect.objectContaining({ name: 'Old Merchant', retentionDays: 3650, createdAt })],
      [expect.objectContaining({ name: 'Olga Old', passwordIssuedAt: null, createdAt })],
      [
        {
          tokenHash: 'a'.repeat(64),
          userId: '01J000000000000000000VSER1',
          createdAt,
          expiresAt: createdAt,
          id: expect.stringMatching(TIME_ORDERED_ID),
          ipAddress: null,
          userAgent: null,
        },
      ],
    ]);
  });

  it('keeps what idempotency keys of a version before were answered', async () => {
    const [accountId, at] = ['01J000000000000000000ACC01', '2026-01-15 09:30:00.000'];
    const kept = await database.inSource(async (source) => {
      await upgrade(source, Pruning1764330000000, async () => {
        await insertAccount(source, accountId, at);
        for (const [keyHash, answer] of [
          ['a', '{"comment":"\\"Grüße\\" 漢字"}'],
          ['b', ''],
        ]) {
          await source.query(
            'INSERT INTO idempotency_keys (account_id, key_hash, body_hash, answer, created_at) VALUES (?, ?, ?, ?, ?)',
            [accountId, keyHash, 'hash', answer, at],
          );
        }
      });
      return source.manager.find(IdempotencyKey, { order: { keyHash: 'ASC' } });
    });
    const row = { accountId, bodyHash: 'hash', createdAt: new Date('2026-01-15T09:30:00.000Z') };
    expect(kept).toEqual([
      { ...row, keyHash: 'a', response: { json: '{"comment":"\\"Grüße\\" 漢字"}' } },
      { ...row, keyHash: 'b', response: null },
    ]);
  });

  it('finishes the pending orders of a version before, which have had their invoices all along', async () => {
    const [orderId, accountId, at] = [
      '01J000000000000000000ORD01',
      '01J000000000000000000ACC01',
      '2026-01-15 09:30:00.000',
    ];
    const after = await database.inSource(async (source) => {
      await upgrade(source, PendingCharges1764330000001, async () => {
        await insertAccount(source, accountId, at);
        await insertPendingOrder(source, orderId, accountId, at);
      });
      return [await source.manager.find(Order), await source.manager.find(LedgerEntry)] as const;
    });
    expect(after).toMatchObject([
      [{ id: orderId, status: 'finished' }],
      [{ accountId, key: 'order:2000001', movement: 'charge', amount: 5990, cardToken: 'tok_pending' }],
    ]);
  });

  it('lets each role of a version before that can build the report also follow the feed', async () => {
    const at = '2026-01-15 09:30:00.000';
    const accountId = '01J000000000000000000ACC01';
    const roles = { reporters: ['orders', 'users_activity'], others: ['orders'], nobody: [] };
    const granted = await database.inSource(async (source) => {
      await upgrade(source, ActivityFeed1764350000001, async () => {
        await insertAccount(source, accountId, at);
        for (const [name, privileges] of Object.entries(roles)) {
          await source.query('INSERT INTO roles (id, account_id, name, version, created_at) VALUES (?, ?, ?, ?, ?)', [
            name,
            accountId,
            name,
            1,
            at,
          ]);
          for (const privilege of privileges)
            await source.query('INSERT INTO role_privileges (role_id, privilege) VALUES (?, ?)', [name, privilege]);
        }
      });
      return source.manager.find(RolePrivilege, { order: { roleId: 'ASC', privilege: 'ASC' } });
    });
    expect(granted.map(({ roleId, privilege }) => [roleId, privilege])).toEqual([
      ['others', 'orders'],
      ['reporters', 'activity_feed'],
      ['reporters', 'orders'],
      ['reporters', 'users_activity'],
    ]);
  });

  it('gives the records of people who are not users the email addresses in their details, however many there are', async () => {
    const [accountId, at] = ['01J000000000000000000ACC01', '2026-01-15 09:30:00.000'];
    const records = Array.from({ length: 2500 }, (_, place) => ({
      id: String(place).padStart(26, '0'),
      userId: place % 5 === 0 ? 'U'.repeat(26) : null,
      details:
        place % 7 === 0 ? null : { key: 'k', ...(place % 3 !== 0 && { userEmail: `p${place % 4}@other.example` }) },
    }));
    const addresses = await database.inSource(async (source) => {
      await upgrade(source, ActivityUserEmail1764340000000, async () => {
        await insertAccount(source, accountId, at);
        for (let start = 0; start < records.length; start += 100) {
          const rows = records.slice(start, start + 100);
          await source.query(
            `INSERT INTO activities (account_id, id, occurred_at, user_id, user_name, activity, outcome, details)
             VALUES ${rows.map(() => "(?, ?, ?, ?, 'Somebody', 'user.login', 'success', ?)").join(', ')}`,
            rows.flatMap(({ id, userId, details }) => [
              accountId,
              id,
              at,
              userId,
              details && JSON.stringify({ ...details, ...(userId !== null && { userEmail: 'user@one.example' }) }),
            ]),
          );
        }
      });
      const rows = await source.manager.find(Activity, { select: { id: true, userEmail: true }, order: { id: 'ASC' } });
      return rows.map(({ userEmail }) => userEmail);
    });
    expect(addresses).toEqual(
      records.map(({ userId, details }) => (userId === null ? (details?.userEmail ?? null) : null)),
    );
  });

  it('takes the length of the next billing cycles for the current one of the subscriptions of a version before', async () => {
    const [accountId, at] = ['01J000000000000000000ACC01', '2026-01-15 09:30:00.000'];
    const subscriptions = await database.inSource(async (source) => {
      await upgrade(source, CurrentCycle1764360000000, async () => {
        await insertAccount(source, accountId, at);
        await source.query(
          `INSERT INTO products (id, account_id, code, name, price, currency, billing_cycle_months, non_refundable_fee, created_at)
           VALUES ('P', ?, 'OLD', 'Old', 1000, 'USD', 1, 0, ?)`,
          [accountId, at],
        );
        for (const months of [1, 12]) {
          await source.query(
            `INSERT INTO subscriptions (id, account_id, reference, order_reference, product_id, quantity, shopper_name,
               shopper_email, status, renewal, price, currency, billing_cycle_months, cycle_started_at, ends_at, card_token,
               card_brand, card_last_four, card_expires, created_at)
             VALUES (?, ?, ?, '2000001', 'P', 1, 'Sara', 'sara@shopper.example', 'active', 'automatic', 1000, 'USD', ?, ?, ?,
               'tok', 'visa', '4242', '2031-12', ?)`,
            [`S${months}`, accountId, `ABCD${months}`, months, at, at, at],
          );
        }
      });
      return source.manager.find(Subscription, { order: { billingCycleMonths: 'ASC' } });
    });
    expect(subscriptions.map(({ cycleMonths }) => cycleMonths)).toEqual([1, 12]);
  });

  it('gives the pending charges of a version before the keys by which orders are settled', async () => {
    const [orderId, accountId, at] = [
      '01J000000000000000000ORD01',
      '01J000000000000000000ACC01',
      '2026-01-15 09:30:00.000',
    ];
    const keys = await database.inSource(async (source) => {
      await upgrade(source, OrderChargeKeys1764370000000, async () => {
        await insertAccount(source, accountId, at);
        await insertPendingOrder(source, orderId, accountId, at);
        for (const [id, key] of [
          ['C1', 'order:2000001'],
          ['C2', 'order:unknown'],
          ['C3', 'subscription:2000001'],
        ]) {
          await source.query(
            `INSERT INTO pending_charges (id, account_id, movement_key, amount, currency, card_token, settle_at)
             VALUES (?, ?, ?, 5990, 'USD', 'tok_pending', ?)`,
            [id, accountId, key, at],
          );
        }
      });
      return (await source.manager.find(PendingCharge, { order: { id: 'ASC' } })).map(({ key }) => key);
    });
    expect(keys).toEqual([`order:${orderId}`, 'order:unknown', 'subscription:2000001']);
  });
});
