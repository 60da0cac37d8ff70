import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';

describe('a page of a list', () => {
  const service = useService({ CORS_ORIGINS: 'https://panel.example' });
  const manager = useManager(service);
  const path = '/v1/reports/users-activity?interval=today';

  beforeAll(async () => {
    for (let count = 0; count < 10; count++) await manager.get('/v1/users').expect(200);
  });

  /** Reads a response as it is sent. */
  const read = async (encodings?: string, address = path) => {
    const headers = {
      authorization: `Bearer ${manager.token!}`,
      ...(encodings !== undefined && { 'accept-encoding': encodings }),
    };
    const [response] = (await once(get(service.url + address, { headers }), 'response')) as [IncomingMessage];
    return { headers: response.headers, body: await buffer(response) };
  };

  it.each(['gzip', 'gzip, deflate, br', 'br;q=1, gzip;q=0.5', '*'])('is compressed for %p', async (encodings) => {
    const { headers, body } = await read(encodings);
    expect(headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'Origin, Accept, Accept-Encoding' });
    expect(headers['content-length']).toBe(String(body.length));
    const page = JSON.parse(gunzipSync(body).toString()) as { data: unknown[] };
    expect(page.data.length).toBeGreaterThan(10);
    expect(body.length * 2).toBeLessThan(gunzipSync(body).length);
  });

  it.each([undefined, 'identity', 'gzip;q=0', 'br', 'identity, gzip;q=0.5'])(
    'is not compressed for %p',
    async (encodings) => {
      const { headers, body } = await read(encodings);
      expect(headers).not.toHaveProperty('content-encoding');
      expect(headers).toMatchObject({ vary: 'Origin, Accept, Accept-Encoding' });
      expect((JSON.parse(body.toString()) as { data: unknown[] }).data.length).toBeGreaterThan(10);
    },
  );

  it('is not compressed if it is small', async () => {
    const { headers } = await read('gzip', '/v1/orders');
    expect(headers).not.toHaveProperty('content-encoding');
    expect(headers).toMatchObject({ vary: 'Origin, Accept-Encoding' });
  });

  it('is the only response that is compressed', async () => {
    const { headers, body } = await read('gzip', '/v1/activity-types');
    expect(body.length).toBeGreaterThan(1024);
    expect(headers).not.toHaveProperty('content-encoding');
  });
});
