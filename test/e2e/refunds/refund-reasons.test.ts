import { RefundReasons1764360000002 } from '../../../src/database/migrations/1764360000002-refund-reasons';
import { insertOrder } from '../../support/inserted-orders';
import { Representative } from '../../support/representative';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';

describe('the reason of a refund of a version before', () => {
  const service = useService();
  const manager = useManager(service);
  const representative = new Representative(manager);

  it.each([
    ['customer_request', 'shopper_request'],
    ['technical_issue', 'technical_problem'],
    ['duplicate_order', 'duplicate_order'],
  ])('%s has the code %s now', async (before, after) => {
    const reference = await insertOrder(service, manager, { lines: [{ unitPrice: 5000 }] });
    const { id } = await representative.requestsRefund(reference);
    await service.writeSource.query('UPDATE refunds SET reason = ? WHERE id = ?', [before, id]);
    const runner = service.writeSource.createQueryRunner();
    await new RefundReasons1764360000002().up(runner);
    await runner.release();
    const { body } = await manager.get(`/v1/orders/${reference}/refunds`).expect(200);
    expect(body.data).toMatchObject([{ id, reason: after }]);
  });
});
