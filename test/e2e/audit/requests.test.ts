import { request as send, type ClientRequest } from 'node:http';
import { Editor } from '../../support/email-templates';
import { PASSWORD } from '../../support/service';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';

describe('a request that cannot be read', () => {
  const service = useService();
  const manager = useManager(service);
  /** A request whose body never comes. */
  let announced: ClientRequest | undefined;

  afterEach(() => announced?.destroy());

  /** Posts a body as it is, and answers the status and the code. */
  async function post(path: string, body: string, type?: string): Promise<[number, unknown]> {
    const answer = await fetch(service.url + path, {
      method: 'POST',
      body: new TextEncoder().encode(body),
      headers: { authorization: `Bearer ${manager.token!}`, ...(type !== undefined && { 'content-type': type }) },
    });
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    return [answer.status, ((await answer.json()) as { code: unknown }).code];
  }

  /** Says that so much will come, and sends none of it. */
  const announce = (bytes: number) =>
    new Promise<number | undefined>((resolve, reject) => {
      const authorization = `Bearer ${manager.token!}`;
      const headers = { authorization, 'content-type': 'application/json', 'content-length': bytes };
      const request = send(`${service.url}/v1/roles`, { method: 'POST', headers }, (answer) => {
        resolve(answer.statusCode);
        request.destroy();
      });
      announced = request;
      request.on('error', reject);
      request.flushHeaders();
    });

  it('because it is larger than 1 MiB: 413, before it is sent', async () => {
    expect(await announce(10 * 1024 * 1024)).toBe(413);
    expect(await announce(1024 * 1024 + 1)).toBe(413);
  });

  it('but is read up to 1 MiB', async () => {
    const name = 'x'.repeat(1024 * 1024 - 100);
    const { body } = await manager.post('/v1/roles', { name, privileges: [] }).expect(400);
    expect(body).toMatchObject({ code: 'length_out_of_range', errors: [{ field: '/name' }] });
  });

  it.each([
    ['cut short', '{"email":'],
    ['no JSON', 'email=me'],
    ['with a comma too many', '{"email": "me",}'],
    ['with a prototype', '{"__proto__": {"admin": true}, "email": "me"}'],
  ])('because its JSON is %s: 400', async (_, body) => {
    expect(await post('/v1/auth/login', body, 'application/json')).toEqual([400, 'request_malformed']);
    expect(await post('/v1/roles', body, 'application/json')).toEqual([400, 'request_malformed']);
  });

  it('because its text is in Latin-1 and not in UTF-8: 400', async () => {
    const create = async (encoding: 'latin1' | 'utf8') => {
      const body = Buffer.from(JSON.stringify({ name: 'José', privileges: [] }), encoding);
      const headers = { authorization: `Bearer ${manager.token}`, 'content-type': 'application/json' };
      const response = await fetch(`${service.url}/v1/roles`, { method: 'POST', headers, body });
      return { status: response.status, body: await response.json() };
    };
    expect(await create('latin1')).toMatchObject({ status: 400, body: { code: 'request_malformed' } });
    expect(await create('utf8')).toMatchObject({ status: 201, body: { name: 'José' } });
  });

  it('but may announce JSON and send nothing: then it has no fields', async () => {
    expect(await post('/v1/auth/login', '', 'application/json')).toEqual([400, 'required']);
    const { id } = (await manager.post('/v1/roles', { name: 'Short-lived', privileges: [] }).expect(201)).body;
    await manager.delete(`/v1/roles/${id}`).set('content-type', 'application/json').expect(204);
  });

  it.each([
    ['nested too deep', `{"email": ${'['.repeat(50)}${']'.repeat(50)}}`, 'body_too_deep'],
    [
      'fields without end',
      `{${Array.from({ length: 90_000 }, (_, place) => `"f${place}":1`).join()}}`,
      'body_too_wide',
    ],
    [
      'fields without end inside',
      `{"email": [{${Array.from({ length: 1001 }, (_, place) => `"f${place}":1`).join()}}]}`,
      'body_too_wide',
    ],
  ])('because it is %s: 400, before anything looks at it', async (_, body, code) => {
    expect(await post('/v1/roles', body, 'application/json')).toEqual([400, code]);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/xml', 'multipart/form-data; boundary=x'])(
    'because it is %s: 415',
    async (type) => {
      const body = JSON.stringify({ email: 'manager@one.example', password: PASSWORD });
      expect(await post('/v1/auth/login', body, type)).toEqual([415, 'media_type_unsupported']);
    },
  );

  it.each(['null', '[]', '[{}]', '"text"', '7'])(
    'because its JSON is %s where an object belongs: 400',
    async (body) => {
      expect(await post('/v1/auth/login', body, 'application/json')).toEqual([400, 'not_an_object']);
      expect(await post('/v1/roles', body, 'application/json')).toEqual([400, 'not_an_object']);
    },
  );

  it('because it has more values than any login, though it is small: 400', async () => {
    const body = (values: number) => JSON.stringify({ email: Array.from({ length: values }, () => 1) });
    expect((await post('/v1/auth/login', body(100), 'application/json'))[1]).not.toBe('body_too_wide');
    expect(await post('/v1/auth/login', body(200), 'application/json')).toEqual([400, 'body_too_wide']);
  });

  it('because its JSON is null where an object without required fields belongs: 400', async () => {
    const { id } = await new Editor(manager).makes();
    const path = `/v1/email-templates/${id}/activate`;
    expect(await post(path, 'null', 'application/json')).toEqual([400, 'not_an_object']);
    expect((await manager.get(`/v1/email-templates/${id}`).expect(200)).body.activeVersion).toBeNull();
    await manager.post(path).expect(200);
  });

  it.each(Object.getOwnPropertyNames(Object.prototype))('because it has a field %s: 400', async (name) => {
    const role = `{"name": "Role ${name}", "privileges": [], "${name}": true}`;
    const user = '{"name": "Nadia Night", "email": "nadia@night-shift.example"}';
    const record = `{"key": "1", "occurredAt": "2026-10-15T09:30:00Z", "activity": "user.login", "user": ${user}, "${name}": 1}`;
    const code = name === '__proto__' ? 'request_malformed' : 'field_unknown';
    expect(await post('/v1/roles', role, 'application/json')).toEqual([400, code]);
    expect(await post('/v1/activities', `{"records": [${record}]}`, 'application/json')).toEqual([400, code]);
    expect((await manager.get('/v1/roles', { [name]: 1 }).expect(400)).body.code).toBe('field_unknown');
  });

  it.each([
    ['GET', '/v1/nothing', 404, 'route_not_found'],
    ['GET', '/v2/roles', 404, 'route_not_found'],
    ['PUT', '/v1/roles', 405, 'method_not_allowed'],
    ['GET', '/v1/users/%ZZ', 400, 'request_malformed'],
    ['GET', `/v1/users/${'x'.repeat(201)}`, 400, 'request_malformed'],
  ])('because nothing is there: %s %s', async (method, path, status, code) => {
    const answer = await fetch(service.url + path, { method, headers: { authorization: `Bearer ${manager.token!}` } });
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect([answer.status, ((await answer.json()) as { code: unknown }).code]).toEqual([status, code]);
  });
});
