import type { DataSource } from 'typeorm';
import type { Person } from '../support/person';
import { buildOrder as orderOf } from '../support/shop';

const HOUR = 60 * 60_000;

/** Work for the scheduled jobs of several processes: each piece must be done exactly once. */
export interface DueWork {
  readonly subscriptions: readonly string[];
  readonly refunds: readonly string[];
}

/** Makes subscriptions that are to be renewed, and refunds that are to be paid back. They are due once `makeDue` has run. */
export async function orderWork(manager: Person, pieces: number): Promise<DueWork> {
  const subscriptions: string[] = [];
  const refunds: string[] = [];
  for (let made = 0; made < pieces; made++) {
    const { body: order } = await manager.post('/v1/orders', orderOf('MONTHLY', 'ONCE')).expect(201);
    const { body: list } = await manager.get('/v1/subscriptions', { limit: 1 }).expect(200);
    subscriptions.push(list.data[0].reference);
    const request = { amount: '1', reason: 'other' };
    const { body: refund } = await manager.post(`/v1/orders/${order.reference}/refund`, request).expect(201);
    refunds.push(refund.id);
  }
  return { subscriptions, refunds };
}

/** Moves the moment at which the work is due into the past; the subscriptions then are renewed for one cycle. */
export async function makeDue(source: DataSource, { subscriptions, refunds }: DueWork): Promise<void> {
  const past = new Date(Date.now() - HOUR).toISOString().slice(0, 19).replace('T', ' ');
  await source.query(`UPDATE subscriptions SET ends_at = '${past}' WHERE reference IN (${quoted(subscriptions)})`);
  await source.query(`UPDATE refunds SET process_at = '${past}' WHERE id IN (${quoted(refunds)})`);
}

/** What is left undone, or was done more than once. */
export async function unfinishedWork(source: DataSource, { subscriptions, refunds }: DueWork): Promise<string[]> {
  const moved = await source.query<{ key: string; movement: string }[]>(
    'SELECT movement_key AS `key`, movement FROM ledger_entries',
  );
  const timesMoved = (prefix: string) => moved.filter(({ key }) => key.startsWith(prefix)).length;
  const open = await source.query<{ id: string }[]>(`SELECT id FROM refunds WHERE status <> 'processed'`);
  return [
    ...subscriptions.flatMap((reference) => {
      const times = timesMoved(`subscription:${reference}:`);
      return times === 1 ? [] : [`subscription ${reference} was renewed ${times} times`];
    }),
    ...refunds.flatMap((id) => {
      const times = timesMoved(`refund:${id}`);
      return times === 1 ? [] : [`refund ${id} was paid back ${times} times`];
    }),
    ...open.map(({ id }) => `refund ${id} is not processed`),
  ];
}

function quoted(texts: readonly string[]): string {
  return texts.map((text) => `'${text}'`).join(', ');
}
