import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { Config } from '../../../src/config/config';
import { IdempotencyKey } from '../../../src/idempotency/idempotency-key.entity';
import { invoicedOrder } from '../../support/invoiced-orders';
import { BuiltProcess } from '../../support/process';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';

describe('run-jobs', () => {
  const service = useService();
  const manager = useManager(service);

  const run = (settings: Record<string, string> = {}) => {
    const { DATABASE_URL } = service.app.get(Config);
    return BuiltProcess.start(['cli.js', 'run-jobs'], { DATABASE_URL, ...settings });
  };
  const oldKeys = () => service.writeSource.manager.countBy(IdempotencyKey, { keyHash: 'old' });
  const insertOldKey = () => {
    const { id: accountId } = manager.user.account;
    const key = { accountId, keyHash: 'old', bodyHash: 'hash', response: null, createdAt: new Date('2026-01-01') };
    return service.writeSource.manager.insert(IdempotencyKey, key);
  };

  it('runs the other jobs when one fails, prints their counts, and names the one that failed', async () => {
    await insertOldKey();
    await service.writeSource.query('ALTER TABLE refunds RENAME TO refunds_away');
    const exit = await run().exit;
    await service.writeSource.query('ALTER TABLE refunds_away RENAME TO refunds');
    expect(exit.code).toBe(1);
    expect(exit.stderr).toMatch(/refunds[^]*\nThese jobs failed: RefundsJob\.\n$/);
    const counts = JSON.parse(exit.lines.at(-1)!);
    expect(counts).toMatchObject({ renewed: 0, captured: 0, sent: 0, pruned: { idempotencyKeys: 1 } });
    expect(counts).not.toHaveProperty('refunded');
    expect(await oldKeys()).toBe(0);
  });

  it('runs the other jobs before it waits for a mail server that does not answer', async () => {
    const server: Server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const order = await invoicedOrder(service, manager);
    await manager.post(`/v1/orders/${order.reference}/invoice/send`).expect(202);
    await insertOldKey();
    const connected = once(server, 'connection');
    const process = run({ SMTP_URL: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}` });
    try {
      await Promise.race([connected, process.exit]);
      expect(await oldKeys()).toBe(0);
    } finally {
      await process.kill();
      server.close();
    }
  });
});
