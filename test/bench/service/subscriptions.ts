import { buildOrder } from '../../support/shop';
import type { Client } from './client';

/** Orders subscriptions, and returns their references. */
export async function createSubscriptions(manager: Client, count: number): Promise<readonly string[]> {
  for (let created = 0; created < count; created++) await manager.post('/v1/orders', buildOrder('MONTHLY'));
  const { data } = await manager.get<{ data: { reference: string }[] }>(`/v1/subscriptions?limit=${count}`);
  return data.map(({ reference }) => reference);
}
