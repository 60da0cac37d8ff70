import type { Response } from 'supertest';
import request from 'supertest';
import { Activity } from '../../../src/audit/recording/activity.entity';
import { exampleAddress, OPERATIONS } from '../../support/contract';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';

const METHODS = ['get', 'head', 'post', 'put', 'patch', 'delete', 'propfind'] as const;
const ORIGIN = 'https://panel.example';
const PATHS = [...new Set(OPERATIONS.map(({ path }) => path))];

/** Returns the `Allow` header of a path of the contract. */
function allowOf(path: string): string {
  const methods = OPERATIONS.filter((operation) => operation.path === path).map(({ method }) => method.toUpperCase());
  return [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].sort().join(', ');
}

describe.each([
  ['with CORS', ORIGIN],
  ['without CORS', ''],
])('a method that a path does not have, %s', (_, CORS_ORIGINS) => {
  const service = useService({ CORS_ORIGINS });
  const manager = useManager(service);
  const send = (method: string, path: string) => request(service.url)[method as 'get'](path);
  const code = ({ body }: Response) => body.code as string | undefined;

  it.each(PATHS)('%s: OPTIONS returns the methods, and other methods are refused with them', async (path) => {
    const address = exampleAddress(OPERATIONS.find((operation) => operation.path === path)!);
    const allow = allowOf(path);
    const before = await service.writeSource.manager.count(Activity);
    const options = await send('options', address);
    expect([options.status, options.headers.allow, options.text]).toEqual([204, allow, '']);
    expect(options.headers['x-request-id']).toMatch(/^\w{26}$/);
    for (const method of METHODS.filter((one) => !allow.split(', ').includes(one.toUpperCase()))) {
      const answer = await send(method, address);
      expect([answer.status, answer.headers.allow]).toEqual([405, allow]);
      expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
      if (method !== 'head') {
        expect(answer.body).toMatchObject({ status: 405, code: 'method_not_allowed', instance: address.split('?')[0] });
        expect(answer.headers['x-request-id']).toBe(answer.body.requestId);
      }
    }
    expect(await service.writeSource.manager.count(Activity)).toBe(before);
  });

  it.each([
    ['/docs', 'GET, HEAD, OPTIONS'],
    ['/openapi.json', 'GET, HEAD, OPTIONS'],
  ])('%s has methods too', async (path, allow) => {
    const answer = await send('delete', path).expect(405);
    expect([answer.headers.allow, code(answer)]).toEqual([allow, 'method_not_allowed']);
    expect((await send('options', path).expect(204)).headers.allow).toBe(allow);
  });

  it.each(['/v1/nothing', '/v1/roles/', '/v1/roles/1/nothing', '/', '/V1/roles'])(
    '%s does not exist with any method',
    async (path) => {
      for (const method of ['put', 'options', 'propfind']) {
        const answer = await send(method, path).expect(404);
        expect([code(answer), answer.headers.allow]).toEqual(['route_not_found', undefined]);
        expect(answer.headers['x-request-id']).toBe(answer.body.requestId);
      }
    },
  );

  it('is refused whatever token and object the request names, so that it reveals nothing', async () => {
    const { body: role } = await manager.post('/v1/roles', { name: 'Real role', privileges: [] }).expect(201);
    const [real, unreal] = await Promise.all([
      manager.put(`/v1/roles/${role.id}`, {}),
      service.nobody.put('/v1/roles/01J000000000000000000VSER3', {}).set('authorization', 'Bearer none'),
    ]);
    const seen = ({ status, headers, body }: Response) => [status, headers.allow, body.code, body.detail];
    expect(seen(real)).toEqual(seen(unreal));
    expect(real.status).toBe(405);
  });
});
