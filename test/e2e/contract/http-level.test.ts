import request from 'supertest';
import { exampleAddress, OPERATIONS, prefilledBody } from '../../support/contract';
import { RawConnection, type RawAnswer } from '../../support/raw-connection';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';

/** Every answer that refuses something has these. */
const PROBLEM = {
  type: expect.stringMatching(/^urn:problem:/) as string,
  title: expect.any(String) as string,
  detail: expect.any(String) as string,
  instance: expect.any(String) as string,
  requestId: expect.any(String) as string,
};

describe('at the level of HTTP', () => {
  const service = useService({ CORS_ORIGINS: 'https://panel.example' });
  const manager = useManager(service);

  function expectProblem(answer: RawAnswer, status: number, code: string): void {
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(JSON.parse(answer.body)).toMatchObject({ ...PROBLEM, status, code });
    expect(answer.headers['x-request-id']).toBe(
      (JSON.parse(answer.body) as { requestId: string }).requestId.toLowerCase(),
    );
  }

  it.each<[string, string, number, string]>([
    ['no HTTP', 'HELLO\r\n\r\n', 400, 'request_malformed'],
    ['without a host', 'GET /health/live HTTP/1.1\r\n\r\n', 400, 'request_malformed'],
    [
      'with headers without end',
      `GET /health/live HTTP/1.1\r\nhost: a\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`,
      431,
      'headers_too_large',
    ],
    [
      'that expects what nobody knows',
      'GET /health/live HTTP/1.1\r\nhost: a\r\nexpect: miracles\r\n\r\n',
      417,
      'expectation_failed',
    ],
  ])('a request %s is refused with a problem', async (_, text, status, code) => {
    const connection = await RawConnection.open(service);
    expectProblem(await connection.send(text).answer(), status, code);
    connection.socket.destroy();
  });

  it('what comes behind a request and is none closes the connection, but keeps the answer whole', async () => {
    const connection = await RawConnection.open(service);
    connection.begin('GET /health/live').send('\u0000\u0000\u0000');
    await connection.closed;
  });

  it('a client that waits for a 100 gets it when its body is wanted, and not where it is refused', async () => {
    const body = JSON.stringify({ name: 'Made after a 100', privileges: [] });
    const begin = async (authorization: string) => {
      const connection = await RawConnection.open(service);
      const headers = { 'content-type': 'application/json', 'content-length': body.length, expect: '100-continue' };
      return connection.begin('POST /v1/roles', { authorization, ...headers });
    };
    const refused = await begin('Bearer none');
    const refusal = await refused.answer();
    expectProblem(refusal, 401, 'token_malformed');
    expect(refusal.headers.connection).toBe('close');
    refused.socket.destroy();

    const wanted = await begin(`Bearer ${manager.token!}`);
    expect(await wanted.answer()).toMatchObject({ status: 100 });
    expect(await wanted.send(body).answer()).toMatchObject({ status: 201 });
    wanted.socket.destroy();
  });

  it('an OPTIONS that is no preflight of CORS gets the methods, and a preflight is answered', async () => {
    for (const headers of [{}, { origin: 'https://panel.example' }, { 'access-control-request-method': 'POST' }]) {
      const answer = await request(service.url).options('/v1/roles').set(headers).expect(204);
      expect(answer.headers.allow).toBe('GET, HEAD, OPTIONS, POST');
      expect(answer.headers).not.toHaveProperty('access-control-allow-methods');
    }
    const preflight = { origin: 'https://panel.example', 'access-control-request-method': 'POST' };
    const { headers } = await request(service.url).options('/v1/roles').set(preflight).expect(204);
    expect(headers['access-control-allow-origin']).toBe('https://panel.example');
    expect(headers['access-control-allow-methods']).toBe('GET, POST, PUT, PATCH, DELETE');
    expect(headers).not.toHaveProperty('allow');
  });

  it('a refusal before the body is read can be read from a page of another origin', async () => {
    const answer = await service.nobody.post('/v1/roles', {}).set('origin', 'https://panel.example').expect(401);
    expect(answer.headers['access-control-allow-origin']).toBe('https://panel.example');
    expect(answer.headers['x-request-id']).toBe(answer.body.requestId);
  });

  describe.each(
    OPERATIONS.filter(({ requestBody }) => requestBody).map((one) => [`${one.method} ${one.path}`, one] as const),
  )('%s', (_, operation) => {
    const send = async (headers: Record<string, string>) => {
      const answer = await fetch(service.url + exampleAddress(operation), {
        method: operation.method.toUpperCase(),
        headers: { authorization: `Bearer ${manager.token!}`, ...headers },
        body: new TextEncoder().encode(JSON.stringify(prefilledBody(operation))),
      });
      expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
      return { status: answer.status, headers: answer.headers, problem: await answer.json() };
    };

    it.each(['gzip', 'br', 'gzip, identity', 'nonsense'])(
      'answers 415 to the Content-Encoding %s',
      async (encoding) => {
        const answer = await send({ 'content-type': 'application/json', 'content-encoding': encoding });
        expect(answer).toMatchObject({ status: 415, problem: { ...PROBLEM, code: 'content_encoding_unsupported' } });
        expect(answer.headers.get('accept-encoding')).toBe('identity');
      },
    );

    it('answers 415 to a body that is not said to be JSON', async () => {
      for (const type of [undefined, 'text/plain', 'no/type/at all']) {
        const answer = await send(type === undefined ? {} : { 'content-type': type });
        expect(answer).toMatchObject({ status: 415, problem: { ...PROBLEM, code: 'media_type_unsupported' } });
      }
    });

    it('declares what it answers before the body is parsed', () => {
      const { responses } = operation as unknown as { responses: object };
      expect(Object.keys(responses)).toEqual(expect.arrayContaining(['400', '408', '413', '415', '417']));
    });
  });

  it('takes a body whose encoding is none', async () => {
    const post = manager.post('/v1/roles', { name: 'Not encoded', privileges: [] });
    await post.set('content-encoding', 'identity').expect(201);
  });
});
