import type { DataSource } from 'typeorm';
import type { Person } from '../support/person';
import { buildOrder as orderOf } from '../support/shop';

const HOUR = 60 * 60_000;

/** Work for the scheduled jobs of several processes. Each piece must be done exactly once. */
export interface DueWork {
  readonly subscriptions: readonly string[];
  readonly refunds: readonly string[];
}

/** Creates subscriptions to be renewed, and refunds to be paid. They are due once `makeWorkDue` has run. */
export async function createWork(manager: Person, pieces: number): Promise<DueWork> {
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

/** Sets the due time of the work to the past. Each subscription then is due for one renewal. */
export async function makeWorkDue(source: DataSource, { subscriptions, refunds }: DueWork): Promise<void> {
  const past = new Date(Date.now() - HOUR).toISOString().slice(0, 19).replace('T', ' ');
  await source.query(`UPDATE subscriptions SET ends_at = '${past}' WHERE reference IN (${quoteAll(subscriptions)})`);
  await source.query(`UPDATE refunds SET process_at = '${past}' WHERE id IN (${quoteAll(refunds)})`);
}

/** Describes the pieces of work that were not done, or done more than once. */
export async function findUnfinishedWork(source: DataSource, { subscriptions, refunds }: DueWork): Promise<string[]> {
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

function quoteAll(texts: readonly string[]): string {
  return texts.map((text) => `'${text}'`).join(', ');
}
