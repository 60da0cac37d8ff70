import { CARD_NUMBER as CARD } from '../../support/cards';
import { request as send, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { once } from 'node:events';
import { text as textOf } from 'node:stream/consumers';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';

/** A line of the log. */
interface Line {
  readonly msg: string;
  readonly requestId: string;
  readonly [field: string]: unknown;
}

describe('the address of a request', () => {
  const service = useService({ LOG_LEVEL: 'trace' }, { logTo: { write: (line: string) => void (log += line) } });
  const manager = useManager(service);
  let log = '';

  /** Sends an address as it is, which most clients would not, and answers the problem. */
  async function get(target: string): Promise<{ instance: string; requestId: string; status: number }> {
    const { port } = new URL(service.url);
    const headers = { authorization: `Bearer ${manager.token!}` };
    const request = send({ host: '127.0.0.1', port, path: target, headers, agent: false });
    request.end();
    const [answer] = (await once(request, 'response')) as [IncomingMessage];
    return JSON.parse(await textOf(answer));
  }

  /** The lines of the log about a request, without what is the same in all of them. */
  const linesOf = (requestId: string) =>
    log
      .split('\n')
      .filter((line) => line.includes(`"requestId":"${requestId}"`))
      .map((line) => {
        const { msg, method, route, params, path, status, ...others } = JSON.parse(line) as Line;
        expect(Object.keys(others).sort()).toEqual(['hostname', 'level', 'pid', 'requestId', 'responseTime', 'time']);
        return { msg, method, route, params, path, status };
      });
  const line = (address: object, status: number) => ({ msg: 'answered', method: 'GET', ...address, status });

  it.each([
    ['a card number', `/v1/orders/${encodeURIComponent(CARD)}`, '[masked] 1111', '/v1/orders/%5Bmasked%5D%201111'],
    [
      'one encoded twice',
      '/v1/orders/4111%25201111%25201111%25201111',
      '[masked] 1111',
      '/v1/orders/%5Bmasked%5D%201111',
    ],
    [
      'one in encoded digits',
      `/v1/orders/x%2d${'%34' + '%31'.repeat(15)}`,
      'x-[masked] 1111',
      '/v1/orders/x%2d%5Bmasked%5D%201111',
    ],
    [
      'one in full width',
      `/v1/orders/${encodeURIComponent('４１１１ １１１１ １１１１ １１１１')}`,
      '[masked] 1111',
      '/v1/orders/%5Bmasked%5D%201111',
    ],
    ['nothing secret', '/v1/orders/caf%C3%A9%20noir', 'café noir', '/v1/orders/caf%C3%A9%20noir'],
  ])('is logged as its route and parameters, without %s', async (_, target, reference, instance) => {
    const problem = await get(`${target}?note=${CARD.replaceAll(' ', '')}`);
    expect(problem.instance).toBe(instance);
    expect(linesOf(problem.requestId)).toEqual([
      line({ route: '/v1/orders/:reference', params: { reference } }, problem.status),
    ]);
  });

  it('that belongs to no route is logged decoded, without secrets', async () => {
    const token = manager.token!;
    for (const [target, path, instance] of [
      [
        `/v1/nothing/${encodeURIComponent(CARD)}/caf%C3%A9`,
        '/v1/nothing/[masked] 1111/café',
        '/v1/nothing/%5Bmasked%5D%201111/caf%C3%A9',
      ],
      [`/v1/nothing/${token.replace('_', '%5F')}`, '/v1/nothing/[masked]', '/v1/nothing/%5Bmasked%5D'],
      [`/v1/nothing/${token.replace('_', '%255F')}`, '/v1/nothing/[masked]', '/v1/nothing/%5Bmasked%5D'],
      [
        `/v1/nothing/${[...token].map((letter) => `%${letter.charCodeAt(0).toString(16)}`).join('')}`,
        '/v1/nothing/[masked]',
        '/v1/nothing/%5Bmasked%5D',
      ],
      [`/v1/nothing%3Ftoken=${token}`, '/v1/nothing?token=[masked]', '/v1/nothing%3Ftoken=%5Bmasked%5D'],
    ] as const) {
      const problem = await get(target);
      expect([problem.status, problem.instance]).toEqual([404, instance]);
      expect(linesOf(problem.requestId)).toEqual([line({ path }, 404)]);
    }
  });

  it('that cannot be decoded is answered, logged and counted without secrets', async () => {
    const count = async () => {
      const { text } = await service.nobody.get('/metrics').expect(200);
      const label = 'http_request_duration_seconds_count{method="GET",route="unknown",status="400"}';
      return Number(
        text
          .split('\n')
          .find((sample) => sample.startsWith(label))
          ?.slice(label.length) ?? 0,
      );
    };
    const before = await count();
    for (const target of [
      `/v1/orders/%ZZ${encodeURIComponent(CARD)}`,
      `/v1/orders/%E0%A4%A/${manager.token!.replace('_', '%5F')}`,
    ]) {
      const { status, instance, requestId } = await get(target);
      expect(status).toBe(400);
      expect(instance).toMatch(/^\/v1\/orders\/.*%5Bmasked%5D/);
      const path = expect.stringMatching(/^\/v1\/orders\/.*\[masked\]/) as string;
      expect(linesOf(requestId)).toEqual([line({ path }, 400)]);
    }
    expect(await count()).toBe(before + 2);
  });

  it('that names a host has neither that nor its credentials in the log or in the answer', async () => {
    const { instance, requestId } = await get('http://me:my-password@shop.example/v1/nothing?secret=my-password');
    expect(instance).toBe('/v1/nothing');
    expect(linesOf(requestId)).toEqual([line({ path: '/v1/nothing' }, 404)]);
    expect(log).not.toContain('my-password');
  });

  it('is not in the answer to what is no HTTP', async () => {
    const socket = connect(Number(new URL(service.url).port), '127.0.0.1');
    socket.end(`GET /v1/${manager.token!} HTTP/9\r\n\r\n`);
    const answer = await textOf(socket);
    expect(answer).toMatch(/^HTTP\/1\.1 400/);
    expect(answer).not.toContain(manager.token!);
  });

  it('has its query neither in the log nor in an answer', async () => {
    const { body } = await manager.get('/v1/orders?reference=my-query').expect(400);
    expect(body.instance).toBe('/v1/orders');
    expect(linesOf(body.requestId)).toEqual([line({ route: '/v1/orders' }, 400)]);
    expect(log).not.toContain('my-query');
  });

  it('leaves the id of a request out that holds a secret', async () => {
    for (const id of [manager.token!, '4111-1111-1111-1111', '4111.1111.1111.1111', '4111_1111_1111_1111']) {
      const { headers } = await manager.get('/v1/roles').set('x-request-id', id).expect(200);
      expect(headers['x-request-id']).toMatch(/^[0-9A-Z]{26}$/);
    }
  });

  it('leaves no secret in the log', () => {
    expect(log.length).toBeGreaterThan(5000);
    for (const secret of [manager.token!.slice(4), '4111']) expect(log).not.toContain(secret);
  });
});
