import request from 'supertest';
import { Service } from '../../support/service';
import { useService } from '../../support/use-service';

describe('the contract as a document', () => {
  const service = useService();
  const get = (path: string, ifNoneMatch?: string) => {
    const test = request(service.url).get(path);
    return ifNoneMatch === undefined ? test : test.set('if-none-match', ifNoneMatch);
  };

  it.each(['/openapi.json', '/openapi.yaml', '/docs', '/docs/swagger-ui-init.js', '/docs/swagger-ui.css'])(
    '%s is sent again only to a client that does not have it',
    async (path) => {
      const { headers, text } = await get(path).expect(200);
      const tag = headers.etag!;
      expect(text.length).toBeGreaterThan(100);
      expect(headers['cache-control']).not.toContain('no-store');
      for (const known of [tag, `"another", ${tag}`, '*']) {
        const unchanged = await get(path, known).expect(304);
        expect([unchanged.text, unchanged.headers['content-type']]).toEqual(['', undefined]);
        expect(unchanged.headers.etag).toBe(tag);
      }
      for (const known of ['"another"', tag.slice(1, -1)]) await get(path, known).expect(200);
      const head = await request(service.url).head(path).set('if-none-match', tag).expect(304);
      expect(head.headers.etag).toBe(tag);
    },
  );

  it('has the tag of its content, whichever process serves it', async () => {
    const tag = (await get('/openapi.json').expect(200)).headers.etag!;
    const other = await Service.start();
    try {
      const { headers } = await request(other.url).get('/openapi.json').expect(200);
      expect(headers.etag).toBe(tag);
    } finally {
      await other.stop();
    }
    expect((await get('/openapi.yaml').expect(200)).headers.etag).not.toBe(tag);
  });

  it('is the only thing that clients can keep', async () => {
    const { headers } = await get('/health/live', '*').expect(200);
    expect([headers.etag, headers['cache-control']]).toEqual([undefined, 'no-store']);
  });
});
