import { FEED, FeedFollower, forge, OpenStream, readFeed, STREAM } from '../../support/feed';
import { recordFor } from '../../support/records';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';

describe('a cursor of before the database was restored', () => {
  const service = useService();
  const manager = useManager(service);
  const cursors = new Map<string, string>();

  const record = async (count: number, orderReference: string) => {
    await recordFor(
      service,
      manager,
      Array.from({ length: count }, () => ({ at: new Date(), fields: { orderReference } })),
    );
    await new FeedFollower(manager, { orderReference, limit: 1000 }).until(() => true);
  };

  /** Deletes all records but the first one, and their entries, as a restored backup does not have them. */
  const restore = async () => {
    const { id } = manager.user.account;
    const later = 'FROM audit_ledger WHERE account_id = ? AND sequence > 1';
    await service.writeSource.query(
      `DELETE FROM activities WHERE account_id = ? AND id IN (SELECT activity_id ${later})`,
      [id, id],
    );
    await service.writeSource.query(`DELETE ${later}`, [id]);
    await service.writeSource.query(
      `UPDATE audit_ledger_heads SET sequence = 1, recorded_at =
         (SELECT recorded_at FROM audit_ledger WHERE account_id = ? AND sequence = 1) WHERE account_id = ?`,
      [id, id],
    );
  };

  const codeOf = async (cursor: string, orderReference?: string): Promise<[number, string]> => {
    const { status, body } = await manager.get(FEED, { after: cursor, ...(orderReference && { orderReference }) });
    return [status, body.code];
  };

  beforeAll(async () => {
    await record(1, 'FIRST');
    await record(600, 'LOST');
    const stream = await OpenStream.open(manager, { timeoutSeconds: 0 });
    cursors.set('first', (await readFeed(manager, { limit: 1 })).nextCursor);
    cursors.set('page', (await readFeed(manager, { limit: 2 })).nextCursor);
    cursors.set('event', (await stream.rest()).filter(({ event }) => event === 'activity')[1]!.id!);
    cursors.set('end', (await readFeed(manager, { start: 'now' })).nextCursor);
    // The page ends within the records that do not match, so its place is not the one of a record on it.
    cursors.set('filtered', (await readFeed(manager, { limit: 1, orderReference: 'FIRST' })).nextCursor);
    await restore();
  });

  it('is refused until the ledger has reached its place, and when it has another record there', async () => {
    expect(await codeOf(cursors.get('end')!)).toEqual([400, 'cursor_ahead']);
    await record(1000, 'NEW');
    for (const [name, filter] of [['page'], ['event'], ['end'], ['filtered', 'FIRST']] as const)
      expect([name, ...(await codeOf(cursors.get(name)!, filter))]).toEqual([name, 400, 'cursor_outdated']);
    const { body } = await manager.get(STREAM).set('last-event-id', cursors.get('event')!).expect(400);
    expect([body.code, body.errors[0].field]).toEqual(['cursor_outdated', 'Last-Event-ID']);
  });

  it('is accepted if its place is in the backup', async () => {
    expect(await codeOf(cursors.get('first')!)).toEqual([200, undefined]);
  });

  it('is accepted from a version that did not store what to compare', async () => {
    expect(await codeOf(forge(cursors.get('page')!, { recordedAt: undefined }))).toEqual([200, undefined]);
  });
});
