import 'reflect-metadata';
import type { IncomingActivity } from '../../src/ingestion/activities.dto';
import { contentOf, fingerprintOf } from '../../src/ingestion/record-content';
import { redact } from '../../src/lib/secrets/redact';

const RECORD: IncomingActivity = {
  key: 'crm-17',
  occurredAt: '2026-01-15T09:30:00+02:00',
  activity: 'order.placed',
  user: { name: 'Nadia Night', email: 'nadia@night-shift.example' },
  orderReference: '2000001',
  amount: '19.90',
  currency: 'USD',
};
const EVERYTHING: IncomingActivity = {
  ...RECORD,
  outcome: 'failure',
  user: { id: '01J000000000000000000VSER3' },
  subscriptionReference: 'ABCD1234EF',
  billingCycles: 12,
  comment: 'Customer request',
  page: 'Order',
  ipAddress: '203.0.113.7',
  userAgent: 'a batch job',
};

describe('the fingerprint of a record', () => {
  it('never changes between versions, because it is stored', () => {
    expect(fingerprintOf(contentOf(RECORD))).toBe('kkfalcgafobmcleabdakkmchmjdpeiboiliodldebiebkffkpckndiencdelppjp');
    expect(fingerprintOf(contentOf(EVERYTHING))).toBe(
      'pdjgchamkcfmbgnjbkbgfdjcpaddgopcmmmhdihoknpcnacpoglmmajlmdjkdakh',
    );
  });

  it.each<[string, Partial<IncomingActivity>]>([
    ['another offset', { occurredAt: '2026-01-15T07:30:00.000Z' }],
    ['parts of a millisecond', { occurredAt: '2026-01-15T09:30:00.0004+02:00' }],
    ['zeros at the end', { amount: '19.9' }],
    ['the outcome that it has anyway', { outcome: 'success' }],
    ['another key', { key: 'crm-18' }],
  ])('is the same with %s', (_, change) => {
    expect(contentOf({ ...RECORD, ...change })).toBe(contentOf(RECORD));
  });

  it('does not depend on the order of the fields', () => {
    // Taken apart and put together again it is the same record, which its type can't know.
    const reversed = Object.fromEntries(Object.entries(EVERYTHING).reverse()) as unknown as IncomingActivity;
    expect(contentOf(reversed)).toBe(contentOf(EVERYTHING));
  });

  it('differs for different values of any field', () => {
    const changes: Partial<IncomingActivity>[] = [
      { occurredAt: '2026-01-15T09:30:00.001+02:00' },
      { activity: 'custom.order.placed' },
      { outcome: 'denied' },
      { user: { id: '01J000000000000000000VSER4' } },
      { user: { name: '01J000000000000000000VSER3', email: 'nadia@night-shift.example' } },
      { subscriptionReference: '2000001', orderReference: 'ABCD1234EF' },
      { orderReference: '2000002' },
      { amount: '-19.90' },
      { currency: 'EUR' },
      { billingCycles: 1 },
      { comment: '' },
      { page: 'Customer request', comment: 'Order' },
      { ipAddress: 'a batch job', userAgent: '203.0.113.7' },
    ];
    const { subscriptionReference: _reference, ...withoutReference } = EVERYTHING;
    const { comment: _comment, ...withoutComment } = EVERYTHING;
    const { userAgent: _userAgent, ...withoutUserAgent } = EVERYTHING;
    const changed = changes.map((change) => ({ ...EVERYTHING, ...change }));
    const records = [EVERYTHING, ...changed, withoutReference, withoutComment, withoutUserAgent];
    expect(new Set(records.map(contentOf)).size).toBe(1 + changes.length + 3);
  });

  it('is never masked as a secret', () => {
    for (let made = 0; made < 20_000; made++) {
      const fingerprint = fingerprintOf(`content ${made}`);
      expect(redact({ fingerprint })).toEqual({ fingerprint });
    }
  });
});
