import { In } from 'typeorm';
import { Order } from '../../../src/control-panel/sales/order.entity';
import { Subscription } from '../../../src/control-panel/subscriptions/subscription.entity';
import { SelectStatement } from '../../../src/database/select-statement';
import { buildOrder, stockShop } from '../../support/shop';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';

describe('a statement that reads the rows of an entity', () => {
  const service = useService();
  const manager = useManager(service);

  beforeAll(async () => {
    await stockShop(manager);
    for (let count = 0; count < 3; count++) await manager.post('/v1/orders', buildOrder('MONTHLY')).expect(201);
  });

  it.each([Order, Subscription])('returns what TypeORM returns: %p', async (entity) => {
    const source = service.readSource.manager;
    const select = SelectStatement.for<Order | Subscription>(source, entity);
    const all = await source.find<Order | Subscription>(entity, { order: { id: 'DESC' } });
    const ids = all.map(({ id }) => id);
    const { accountId } = all[0]!;
    expect(all.length).toBeGreaterThanOrEqual(3);
    const page = { order: 'DESC', after: undefined, take: 2 } as const;
    expect(await select.page(source, { accountId }, page)).toStrictEqual(plain(all.slice(0, 2)));
    expect(await select.page(source, { accountId }, { ...page, after: ids[0] })).toStrictEqual(plain(all.slice(1, 3)));
    const some = await select.byIds(source, ids.slice(0, 3));
    expect(some).toHaveLength(3);
    expect(some).toEqual(
      expect.arrayContaining(plain(await source.findBy<Order | Subscription>(entity, { id: In(ids.slice(0, 3)) }))),
    );
    expect(await select.byIds(source, [])).toEqual([]);
  });
});

/** Returns entities as plain objects. */
function plain(entities: readonly object[]): object[] {
  return entities.map((entity) => ({ ...entity }));
}
