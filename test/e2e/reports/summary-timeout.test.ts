import { setImmediate } from 'node:timers/promises';
import { Config } from '../../../src/config/config';
import { onServer } from '../../support/database';
import { recordFor } from '../../support/records';
import { SUMMARY } from '../../support/summary';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';

if (onServer) {
  describe('a summary whose statement takes too long', () => {
    const service = useService({ EXPORT_WORKERS: '1', SUMMARY_TIMEOUT_SECONDS: '600' });
    const manager = useManager(service);
    const QUERY = { groupBy: 'day', from: '2024-01-01', to: '2024-01-03' };

    beforeAll(() => recordFor(service, manager, [{ at: '2024-01-01T12:00:00Z' }, { at: '2024-01-02T12:00:00Z' }]));
    afterEach(() => jest.restoreAllMocks());

    /**
     * Locks the records, so that each statement that reads or writes them waits until it is stopped, and unlocks them when
     * some statements have waited.
     */
    const whileLocked = async (hasWaited: (statements: ReadonlySet<string>) => boolean): Promise<void> => {
      const runner = service.writeSource.createQueryRunner();
      try {
        await runner.query('LOCK TABLES activities WRITE');
        const waiting = new Set<string>();
        while (!hasWaited(waiting)) {
          const rows = (await runner.query(
            `SELECT info AS statement FROM information_schema.processlist
             WHERE db = DATABASE() AND state LIKE 'Waiting for table%'`,
          )) as { readonly statement: string }[];
          for (const { statement } of rows) waiting.add(statement);
          await setImmediate();
        }
      } finally {
        await runner.query('UNLOCK TABLES');
        await runner.release();
      }
    };
    /** Returns the number of statements that contain a text. */
    const countOf = (text: string, statements: ReadonlySet<string>) =>
      [...statements].filter((statement) => statement.includes(text)).length;

    it('is refused when its time is over', async () => {
      jest.replaceProperty(service.app.get(Config), 'SUMMARY_TIMEOUT_SECONDS', 1);
      const summary = manager.get(SUMMARY, QUERY).then((response) => response);
      // The record of the refusal waits for the lock too, so the response comes after it.
      await whileLocked((statements) => countOf('INSERT INTO', statements) > 0);
      const { status, body } = await summary;
      expect([status, body.code]).toEqual([422, 'summary_too_large']);
      expect(body.errors).toMatchObject([{ field: 'from' }]);
      expect(body.detail).toMatch(/took longer than 1 second.*Choose a shorter interval, such as a part of a day, or/);
      const [row] = await manager.report({ activity: 'report.summarized', limit: 1 });
      expect(row).toMatchObject({ outcome: 'failure', failureCode: 'summary_too_large' });
    });

    it('counts each activity once if a shorter statement is fast enough', async () => {
      const summary = manager.get(SUMMARY, QUERY).then((response) => response);
      await whileLocked((statements) => countOf('COUNT(*)', statements) > 1);
      const { status, body } = await summary;
      expect([status, body.totals?.count]).toEqual([200, 2]);
    });
  });
}
