import type { ActivityBatch } from './activities.dto';

/**
 * The contract's example of a batch, which works in the demo: a record of a user, and one of a person who is not a
 * user.
 */
export const EXAMPLE_BATCH: ActivityBatch = {
  records: [
    {
      key: 'crm-2f1c6a52-17',
      occurredAt: '2026-01-15T09:30:00+02:00',
      activity: 'refund.requested',
      user: { id: '01J000000000000000000VSER3' },
      orderReference: '2000001',
      amount: '19.90',
      currency: 'USD',
      comment: 'Customer request',
    },
    {
      key: 'crm-2f1c6a52-18',
      occurredAt: '2026-01-15T09:31:12.345+02:00',
      activity: 'custom.crm.note_added',
      user: { name: 'Nadia Night', email: 'nadia@night-shift.example' },
      subscriptionReference: 'ABCD1234EF',
      comment: 'Asked to be called back',
      ipAddress: '203.0.113.7',
    },
  ],
};
