import { onServer } from '../../support/database';
import type { Cut } from '../../support/database-proxy';
import type { Row } from '../../support/person';
import { buildOrder, stockShop } from '../../support/shop';
import { useManager } from '../../support/use-people';
import { useProxiedService } from '../../support/use-proxied-service';
import { useService } from '../../support/use-service';

/** Levels of pino. */
const [DEBUG, INFO] = [20, 30];

describe('a transaction that the database ends by itself', () => {
  const service = useService(
    { LOG_LEVEL: 'debug' },
    { logTo: { write: (line: string) => log.push(JSON.parse(line)) } },
  );
  const manager = useManager(service);
  const log: { readonly level: number; readonly msg: string }[] = [];

  beforeAll(async () => {
    await stockShop(manager);
  });

  const place = (comment?: string) =>
    manager.post('/v1/orders', { ...buildOrder('ONCE'), ...(comment !== undefined && { comment }) });
  /** As the other connection of the service sees it: only what is committed. */
  const isCommitted = async (reference: string): Promise<boolean> =>
    (await service.readSource.query<unknown[]>(`SELECT 1 FROM orders WHERE reference = '${reference}'`)).length === 1;

  if (!onServer) {
    it('leaves nothing behind that keeps the next ones from being committed: a full disk', async () => {
      const [{ page_count: pages }] = await service.writeSource.query<[{ page_count: number }]>('PRAGMA page_count');
      await service.writeSource.query(`PRAGMA max_page_count = ${pages + 2}`);
      const refused = await placeUntilRefused();
      expect(refused.body).toMatchObject({ status: 503, code: 'activity_not_recorded' });
      expect(refused.headers['retry-after']).toBeDefined();
      await service.writeSource.query(`PRAGMA max_page_count = ${pages + 1000}`);
      await expectNextOnesAreCommitted();
    });
  }

  if (onServer) {
    /** Has the server answer an order with this comment by an error, as a trigger raises it. */
    const failOrders = (comment: string, action: string) =>
      service.writeSource.query(
        `CREATE TRIGGER fail_${comment} BEFORE INSERT ON orders FOR EACH ROW
         IF NEW.comment = '${comment}' THEN ${action}; END IF`,
      );

    it.each([
      [
        'a cluster node that is not ready',
        'not_ready',
        `SIGNAL SQLSTATE '08S01' SET MYSQL_ERRNO = 1047`,
        'database_unavailable',
      ],
      [
        'a node that leaves its cluster',
        'left',
        `SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO = 1180`,
        'database_unavailable',
      ],
      ['a connection that is killed', 'killed', 'KILL CONNECTION_ID()', 'database_unavailable'],
      ['a transaction that loses each time', 'lost', `SIGNAL SQLSTATE '40001' SET MYSQL_ERRNO = 1213`, 'database_busy'],
    ])('is 503, and nothing is done: %s', async (_, comment, action, code) => {
      await failOrders(comment, action);
      const { body, headers } = await place(comment).expect(503);
      expect(body).toMatchObject({ code });
      expect(headers['retry-after']).toMatch(/^\d+$/);
      expect(await recordsOf(comment)).toMatchObject([{ outcome: 'failure' }]);
      await expectNextOnesAreCommitted();
    });

    it('is run again where it lost against another one, and logged as no error', async () => {
      // MyISAM knows no transactions: it counts the tries that are rolled back too.
      await service.writeSource.query('CREATE TABLE tries (id INT AUTO_INCREMENT PRIMARY KEY) ENGINE = MyISAM');
      const lose = `SIGNAL SQLSTATE '40001' SET MYSQL_ERRNO = 1213`;
      await failOrders('twice', `INSERT INTO tries VALUES (); IF LAST_INSERT_ID() < 3 THEN ${lose}; END IF`);
      log.length = 0;
      const { body } = await place('twice').expect(201);
      expect(await isCommitted(body.reference)).toBe(true);
      expect(log.filter(({ msg }) => msg.includes('run again'))).toMatchObject([{ level: DEBUG }, { level: DEBUG }]);
      expect(log.filter(({ level }) => level > INFO)).toEqual([]);
      expect(await recordsOf('twice')).toMatchObject([{ outcome: 'success' }]);
    });
  }

  it('or a database whose tables cannot be read, as on a cluster node without the others: the service is not ready', async () => {
    const rename = (from: string, to: string) => service.writeSource.query(`ALTER TABLE ${from} RENAME TO ${to}`);
    await rename('accounts', 'accounts_away');
    try {
      const { body } = await manager.get('/health/ready').expect(503);
      expect(body).toMatchObject({ code: 'database_unavailable' });
    } finally {
      await rename('accounts_away', 'accounts');
    }
    await manager.get('/health/ready').expect(200);
  });

  const recordsOf = async (comment: string): Promise<Row[]> =>
    (await manager.report({ activity: 'order.placed' })).filter((row) => row.comment === comment);

  /** Fills what room there is. */
  async function placeUntilRefused() {
    for (let tries = 0; tries < 200; tries++) {
      const answer = await place('x'.repeat(2000));
      if (answer.status !== 201) return answer;
    }
    throw new Error('There was room for 200 orders.');
  }

  /** A request that is rolled back, and then one whose answer says that it is done. */
  async function expectNextOnesAreCommitted(): Promise<void> {
    await manager.post('/v1/orders/9999999/invoice/send', {}).expect(404);
    const { body } = await place().expect(201);
    expect(await isCommitted(body.reference)).toBe(true);
    const [row] = await manager.report({ activity: 'order.placed', outcome: 'success', limit: 1 });
    expect(row).toMatchObject({ orderReference: body.reference });
  }
});

if (onServer) {
  describe('a connection that breaks while it commits', () => {
    const connection = useProxiedService();
    beforeAll(() => stockShop(connection.manager));

    it.each<[Cut, string, boolean]>([
      ['before COMMIT', 'one', false],
      ['after COMMIT', 'two', true],
    ])('says that the outcome is unknown, and a repeat finds out: %s', async (cut, comment, isDone) => {
      const place = () =>
        connection.manager
          .post('/v1/orders', { ...buildOrder('ONCE'), comment })
          .set('idempotency-key', `key of ${comment}`);
      const records = async () =>
        (await connection.manager.report({ activity: 'order.placed' })).filter((row) => row.comment === comment);

      connection.proxy.breakCommitAfter('INTO `orders`', cut);
      const { body, headers } = await place().expect(503);
      expect(body).toMatchObject({ code: 'outcome_unknown' });
      expect(headers['retry-after']).toMatch(/^\d+$/);
      // No record may say that an order failed that was placed.
      expect(await records()).toHaveLength(isDone ? 1 : 0);

      const repeated = await place().expect(201);
      expect(repeated.headers['idempotent-replayed']).toBe(isDone ? 'true' : undefined);
      expect(await records()).toMatchObject([{ outcome: 'success', orderReference: repeated.body.reference }]);
    });
  });
}
