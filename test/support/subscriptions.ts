import { Product, ProductUpgrade } from '../../src/control-panel/catalog/product.entity';
import { LedgerEntry } from '../../src/control-panel/payments/ledger-entry.entity';
import { Subscription } from '../../src/control-panel/subscriptions/subscription.entity';
import { IdSource } from '../../src/lib/time-ordered-id';
import { CARD } from './payment-methods';
import type { Person } from './person';
import { productRow } from './sales-rows';
import type { Service } from './service';

const ids = new IdSource();
let sequence = 0;

/** Adds a product to the catalog, optionally as an upgrade of another product. */
export async function offer(
  service: Service,
  { user }: Person,
  fields: Partial<Product> = {},
  upgradeOf?: Product,
): Promise<Product> {
  const createdAt = new Date('2026-01-01T00:00:00Z');
  const product = productRow({ accountId: user.account.id, createdAt, ...fields });
  const { manager } = service.writeSource;
  await manager.insert(Product, product);
  if (upgradeOf) await manager.insert(ProductUpgrade, { fromProductId: upgradeOf.id, toProductId: product.id });
  return product;
}

/** The fields of a subscription that matter to a test. */
export type SubscriptionFields = Partial<Subscription>;

/** Inserts subscriptions to a product. By default, they are active, renew automatically, and started in March 2026. */
export async function subscribe(
  service: Service,
  product: Product,
  fields: readonly SubscriptionFields[] = [{}],
): Promise<Subscription[]> {
  const subscriptions = fields.map((own) => buildSubscription(product, own));
  for (let start = 0; start < subscriptions.length; start += 500) {
    const rows = subscriptions.slice(start, start + 500);
    const insert = service.writeSource.manager.createQueryBuilder().insert().into(Subscription).values(rows);
    await insert.updateEntity(false).execute();
  }
  return subscriptions;
}

/** Returns the row of a subscription to the product. */
function buildSubscription(product: Product, fields: SubscriptionFields = {}): Subscription {
  const createdAt = new Date('2026-03-01T00:00:00Z');
  const { currency, billingCycleMonths } = product;
  return {
    id: ids.next(createdAt),
    accountId: product.accountId,
    reference: `ABCD${String(++sequence).padStart(6, '0')}`,
    orderReference: String(2_000_000 + sequence),
    productId: product.id,
    quantity: 1,
    shopperName: 'Sara Shopper',
    shopperEmail: 'sara@shopper.example',
    status: 'active',
    renewal: 'automatic',
    price: product.price * (fields.quantity ?? 1),
    currency,
    billingCycleMonths,
    renewalPrice: null,
    renewalCycles: null,
    cycleStartedAt: createdAt,
    cycleMonths: billingCycleMonths,
    endsAt: new Date('2026-03-31T00:00:00Z'),
    card: { ...CARD },
    createdAt,
    ...fields,
  };
}

/** Reads the current row of the subscription. */
export function rowOf(service: Service, { id }: Subscription): Promise<Subscription> {
  return service.writeSource.manager.findOneByOrFail(Subscription, { id });
}

/** Reads the amounts that were charged for the subscription, oldest first, in minor units. */
export async function chargesOf(service: Service, { accountId, reference }: Subscription): Promise<number[]> {
  const where = { accountId, movement: 'charge' } as const;
  const entries = await service.writeSource.manager.find(LedgerEntry, { where, order: { id: 'ASC' } });
  return entries.filter(({ key }) => key.startsWith(`subscription:${reference}:`)).map(({ amount }) => amount);
}
