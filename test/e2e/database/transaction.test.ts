import { AuditLedgerHead, emptyHead } from '../../../src/audit/ledger/ledger.entities';
import { isDuplicate } from '../../../src/database/dialect';
import { InsertStatement } from '../../../src/database/insert-statement';
import { runInOrder } from '../../../src/database/statement';
import { inTransaction } from '../../../src/database/transaction';
import { onServer } from '../../support/database';
import { useService } from '../../support/use-service';

describe('a transaction', () => {
  const service = useService();

  const insertsOf = (...accountIds: readonly string[]) => {
    const insert = InsertStatement.for(service.writeSource, AuditLedgerHead);
    return accountIds.flatMap((accountId) => [...insert.executionsOf([emptyHead(accountId)])]);
  };
  const countHeads = (manager = service.writeSource.manager) => manager.count(AuditLedgerHead);

  afterEach(() => service.writeSource.manager.clear(AuditLedgerHead));

  // On SQLite, nobody else can commit during a transaction.
  if (onServer) {
    it.each([1, 2, 3])('sees what others have committed since it began: number %i of its connection', async () => {
      await inTransaction(service.writeSource, async (manager) => {
        const before = await countHeads(manager);
        await runInOrder(service.writeSource.manager, insertsOf('OTHER'));
        expect(await countHeads(manager)).toBe(before + 1);
      });
    });
  }

  it('runs its statements in order, and none after one that failed', async () => {
    const seen: unknown[] = [];
    const failed = inTransaction(service.writeSource, async (manager) => {
      const error: unknown = await runInOrder(manager, insertsOf('A', 'B', 'A', 'C')).catch(
        (reason: unknown) => reason,
      );
      seen.push(isDuplicate(error), await countHeads(manager));
      throw error;
    });
    await expect(failed).rejects.toThrow();
    expect(seen).toEqual([true, 2]);
    expect(await countHeads()).toBe(0);
  });
});
