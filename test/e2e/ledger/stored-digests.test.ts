import { createHash } from 'node:crypto';
import { BackfillJob } from '../../../src/jobs/ledger/backfill.job';
import { ingest, recordOf } from '../../support/ingestion';
import { readLedger, untilSequenced, upgrade } from '../../support/ledger';
import { TIME_ORDERED_ID } from '../../../src/lib/time-ordered-id';
import { stockShop, buildOrder } from '../../support/shop';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';

const ODD = 'Zoë "quoted"\n\ttab \u2028 😀 \\ =1+1';

/** A column as a driver returns it. */
type Value = string | number | null;

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** Sorts members at every depth, as a verifier in another language would. */
const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, one]) => [name, sorted(one)])); // prettier-ignore
};

describe('the hashes of stored entries', () => {
  const service = useService();
  const manager = useManager(service);

  it('are those that a verifier computes from what the database returns', async () => {
    await stockShop(manager);
    const { body: order } = await manager.post('/v1/orders', buildOrder('ONCE')).expect(201);
    const refund = { amount: '1', reason: 'other', comment: ODD };
    await manager.post(`/v1/orders/${order.reference}/refund`, refund).expect(201);
    await manager.post(`/v1/orders/${order.reference}/refund`, { ...refund, amount: '999999' }).expect(422);
    await manager.post('/v1/page-views', { page: '/orders', title: ODD.replace(/[\n\t]/g, ' ') });
    await ingest(manager, [
      recordOf('odd', { comment: ODD, user: { name: 'Zoë 😀', email: 'zoe@one.example' } }),
      recordOf('money', { activity: 'refund.requested', amount: '-12.5', currency: 'USD', orderReference: '1' }),
    ]).expect(200);
    await untilSequenced(service);
    await verify();
  });

  it('are the same for records that are read from the database', async () => {
    await upgrade(service);
    await service.app.get(BackfillJob).run();
    await verify();
  });

  const verify = async () => {
    const rows = await service.writeSource.query<Record<string, Value | Date>[]>('SELECT * FROM activities');
    const entries = await readLedger(service);
    expect(entries).toHaveLength(rows.length);
    for (const entry of entries) {
      const row = rows.find(({ id, account_id }) => id === entry.activity_id && account_id === entry.account_id)!;
      const occurredAt = row.occurred_at instanceof Date ? row.occurred_at : new Date(`${row.occurred_at}Z`);
      const personal = {
        comment: row.comment,
        details: row.details === null ? null : sorted(JSON.parse(row.details as string)),
        ipAddress: row.ip_address,
        salt: entry.salt,
        sentBy: row.sent_by,
        userAgent: row.user_agent,
        userEmail: row.user_email ?? null,
        userName: row.user_name,
      };
      const personalHash = sha256(JSON.stringify(personal));
      const digest = sha256(
        JSON.stringify({
          accountId: row.account_id,
          activity: row.activity,
          amount: row.amount === null ? null : Number(row.amount),
          billingCycles: row.billing_cycles,
          currency: row.currency,
          id: row.id,
          occurredAt: occurredAt.toISOString(),
          orderReference: row.order_reference,
          outcome: row.outcome,
          page: row.page,
          personalHash,
          requestId: row.request_id,
          subscriptionReference: row.subscription_reference,
          userId: row.user_id,
          version: 1,
        }),
      );
      const leaf = { accountId: row.account_id, digest, recordedAt: entry.recorded_at, sequence: entry.sequence };
      expect(entry).toMatchObject({
        personal_hash: personalHash,
        digest,
        leaf_hash: sha256(`\0${JSON.stringify(leaf)}`),
        salt: expect.stringMatching(/^[0-9a-f]{32}$/),
        activity_id: expect.stringMatching(TIME_ORDERED_ID),
      });
    }
    expect(new Set(entries.map(({ salt }) => salt)).size).toBe(entries.length);
  };
});
