import type { Query } from '../../support/person';
import { recordFor } from '../../support/records';
import { SUMMARY } from '../../support/summary';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';

describe('a summary of references that differ in spaces at their end', () => {
  const service = useService({ EXPORT_WORKERS: '1' });
  const manager = useManager(service);

  beforeAll(async () => {
    const references = ['ORD-7', 'ORD-7 ', 'ORD-7  ', 'ORD-8'];
    await recordFor(
      service,
      manager,
      references.map((reference) => ({
        at: '2024-09-01T12:00:00Z',
        fields: { orderReference: reference, subscriptionReference: reference },
      })),
    );
  });

  const count = async (query: Query): Promise<number> => {
    const day = { from: '2024-09-01', to: '2024-09-01', groupBy: 'outcome' };
    return (await manager.get(SUMMARY, { ...day, ...query }).expect(200)).body.totals.count;
  };

  it.each<[string, Query]>([
    ['by the database', {}],
    ['row by row, for a text', { q: 'ord' }],
  ])('counts each activity once: %s', async (_, filter) => {
    for (const field of ['orderReference', 'subscriptionReference']) {
      expect(await count({ ...filter, [field]: ['ORD-7', 'ORD-7 ', 'ORD-8'] })).toBe(3);
      expect(await count({ ...filter, [field]: 'ORD-7 ' })).toBe(1);
    }
  });
});
