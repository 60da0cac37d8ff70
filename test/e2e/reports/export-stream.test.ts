import { get, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { ActivityReader } from '../../../src/reports/users-activity/activity.reader';
import { REPORT } from '../../support/person';
import { fillWith } from '../../support/records';
import { scaled } from '../../support/scale';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';

/** More than the buffers between the service and its client hold. */
const ROWS = scaled(200_000, 60_000);

describe('an export of many rows', () => {
  const service = useService();
  const manager = useManager(service);

  beforeAll(async () => {
    await fillWith(service, manager, ROWS);
  }, 120_000);
  afterEach(() => jest.restoreAllMocks());

  /** The export as it comes over the wire, paused after its first bytes. */
  const beginExport = async (): Promise<IncomingMessage> => {
    const headers = { authorization: `Bearer ${manager.token!}`, accept: 'text/csv' };
    const [response] = (await once(get(`${service.url}${REPORT}?activity=page.accessed`, { headers }), 'response')) as [
      IncomingMessage,
    ];
    await once(response, 'readable');
    return response;
  };

  it('comes whole', async () => {
    let lines = 0;
    for await (const chunk of await beginExport()) lines += String(chunk).split('\n').length - 1;
    expect(lines).toBe(ROWS + 1);
  }, 180_000);

  it('frees everything when its client leaves midway', async () => {
    const reader = service.app.get(ActivityReader);
    const original = reader.readAll.bind(reader);
    let read = 0;
    const ended = new Promise<void>((resolve) => {
      jest.spyOn(reader, 'readAll').mockImplementation(async (...request) => {
        const batches = await original(...request);
        return (async function* () {
          try {
            for await (const batch of batches) {
              read += batch.length;
              yield batch;
            }
          } finally {
            resolve();
          }
        })();
      });
    });
    (await beginExport()).destroy();
    await ended;
    expect(read).toBeLessThan(ROWS);
    await manager.get('/health/ready').expect(200);
  });

  it('breaks the connection when its database fails midway, instead of ending as if complete', async () => {
    const response = await beginExport();
    await service.writeSource.query('ALTER TABLE activities RENAME TO activities_away');
    try {
      response.resume();
      await expect(once(response, 'end')).rejects.toMatchObject({ code: 'ECONNRESET' });
      expect(response.complete).toBe(false);
    } finally {
      await service.writeSource.query('ALTER TABLE activities_away RENAME TO activities');
    }
  });
});
