import { once } from 'node:events';
import type { ReportExport } from '../../../src/reports/users-activity/exports/report-export';
import { ReportExports } from '../../../src/reports/users-activity/exports/report-exports';
import { nextFollower } from '../../support/feed';
import { REPORT } from '../../support/person';
import { RawConnection } from '../../support/raw-connection';
import { fillWith } from '../../support/records';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';

describe('requests that a client sends without waiting for their responses', () => {
  const service = useService({ EXPORTS_PER_ACCOUNT: '1' });
  const manager = useManager(service);

  // More than the service holds back for a response that has to wait.
  beforeAll(() => fillWith(service, manager, 2000, { comment: 'a long comment '.repeat(60) }), 180_000);
  afterEach(() => jest.restoreAllMocks());

  /** Sends a request that is answered only when its client has left. */
  const poll = (connection: RawConnection) =>
    connection.begin('GET /v1/activities?start=now&wait=30', { authorization: `Bearer ${manager.token!}` });

  const nextExport = (): Promise<ReportExport> => {
    const exports = service.app.get(ReportExports);
    const start = exports.start.bind(exports);
    return new Promise((resolve) => {
      jest.spyOn(exports, 'start').mockImplementation(async (...options) => {
        const started = await start(...options);
        resolve(started);
        return started;
      });
    });
  };

  it('are answered in their order', async () => {
    const connection = await RawConnection.open(service);
    connection.begin('GET /health/live').begin('GET /v1/nowhere').begin('GET /health/live');
    const statuses = [await connection.answer(), await connection.answer(), await connection.answer()];
    expect(statuses.map(({ status }) => status)).toEqual([200, 404, 200]);
    connection.socket.destroy();
  });

  it('end with the connection: an export that waits for an earlier response', async () => {
    const connection = await RawConnection.open(service);
    const begun = nextExport();
    poll(connection).begin(`GET ${REPORT}.csv`, { authorization: `Bearer ${manager.token!}` });
    const closed = once((await begun).getStream(), 'close');
    connection.socket.destroy();
    await closed;
    await manager.csv();
  });

  it('end with the connection: a poll that waits for an earlier one', async () => {
    const connection = await RawConnection.open(service);
    const first = nextFollower(service);
    poll(connection);
    await first;
    jest.restoreAllMocks();
    const second = nextFollower(service);
    poll(connection);
    const follower = await second;
    connection.socket.destroy();
    if (!follower.ended.aborted) await once(follower.ended, 'abort');
    expect(follower.endReason).toBe('client left');
  });
});
