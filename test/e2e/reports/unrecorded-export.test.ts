import { Recorder } from '../../../src/audit/recording/recorder';
import { REPORT } from '../../support/person';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';

describe('an export whose record cannot be written', () => {
  const service = useService({ EXPORTS_PER_ACCOUNT: '1' });
  const manager = useManager(service);
  afterEach(() => jest.restoreAllMocks());

  it.each([`${REPORT}?format=csv`, `${REPORT}.csv`, `${REPORT}.ndjson`, `${REPORT}.xlsx`])(
    'is not sent, and gives its place to the next one: %s',
    async (path) => {
      jest.spyOn(service.app.get(Recorder), 'commit').mockRejectedValueOnce(new Error('cannot be written'));
      const { headers, body } = await manager.get(path).set('accept-encoding', 'gzip').expect(500);
      expect(body).toMatchObject({ status: 500 });
      expect(headers).not.toHaveProperty('content-encoding');
      expect(headers).not.toHaveProperty('report-time-zone');
      await manager.get(path).expect(200);
    },
  );
});
