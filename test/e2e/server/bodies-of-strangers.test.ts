import { exampleAddress, OPERATIONS, type Operation } from '../../support/contract';
import { ingestedRows } from '../../support/ingestion';
import { RawConnection, type RawAnswer } from '../../support/raw-connection';
import { useManager, useUser } from '../../support/use-people';
import { useService } from '../../support/use-service';

const MIB = 1024 * 1024;
/** Milliseconds after which a request counts as unanswered. */
const UNANSWERED = 10_000;
const WITH_BODY = OPERATIONS.filter(({ requestBody }) => requestBody);
const isPublic = ({ path }: Operation) => path === '/v1/auth/login' || path === '/v1/auth/invitation';

describe('a body that is not read', () => {
  const service = useService();
  const manager = useManager(service);
  const reader = useUser(service, manager, 'reader@one.example', 'Rita Reader', ['users_activity']);

  /** Sends the headers of a request whose body never comes, and answers what the service says to that. */
  async function announce(
    line: string,
    token?: string,
    length: Record<string, string | number> = { 'content-length': 5 * MIB },
  ): Promise<RawAnswer> {
    const connection = await RawConnection.open(service);
    const authorization = token !== undefined && { authorization: `Bearer ${token}` };
    connection.begin(line, { 'content-type': 'application/json', ...authorization, ...length });
    // Where the service waits for the body, there is no answer: the connection is closed here, which fails the test.
    connection.socket.setTimeout(UNANSWERED, () => connection.socket.destroy());
    const answer = await connection.answer();
    connection.socket.destroy();
    return answer;
  }

  const code = ({ body }: RawAnswer) => (JSON.parse(body) as { code: string }).code;

  it.each(
    WITH_BODY.filter((operation) => !isPublic(operation)).map((one) => [`${one.method} ${one.path}`, one] as const),
  )('of a client without a valid token: %s', async (_, operation) => {
    const line = `${operation.method.toUpperCase()} ${exampleAddress(operation)}`;
    const answers = [
      await announce(line),
      await announce(line, 'no token'),
      await announce(line, `uas_${'x'.repeat(43)}`),
      await announce(line, undefined, { 'transfer-encoding': 'chunked' }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401]);
    expect(answers.map(code)).toEqual(['token_missing', 'token_malformed', 'token_invalid', 'token_missing']);
  });

  it('where there is nothing at the address', async () => {
    const answer = await announce('POST /v1/nothing');
    expect([answer.status, code(answer)]).toEqual([404, 'route_not_found']);
  });

  it.each(WITH_BODY.filter(isPublic).map(({ path }) => path))('because anybody may send it: %s', async (path) => {
    const post = (bytes: number) => {
      const body = JSON.stringify({ email: '' });
      return service.nobody
        .post(path)
        .set('content-type', 'application/json')
        .send(body.replace('""', `"${'x'.repeat(bytes - body.length)}"`));
    };
    await post(16 * 1024).expect(400);
    const { body } = await post(16 * 1024 + 1).expect(413);
    expect(body).toMatchObject({ code: 'body_too_large', detail: expect.stringContaining('16 KiB') as string });
  });

  const denied = () => manager.report({ outcome: 'denied', userId: reader.user.id });

  it('of a user who may not send records: 403, and the attempt is recorded', async () => {
    const before = (await denied()).length;
    const answer = await announce('POST /v1/activities', reader.token);
    expect([answer.status, code(answer)]).toEqual([403, 'privilege_missing']);
    const rows = await denied();
    expect(rows).toHaveLength(before + 1);
    expect(rows[0]).toMatchObject({ activity: { code: 'page.accessed' }, page: '/v1/activities' });
  });

  it.each([
    ['malformed', '{"records": [', {}],
    ['of another type', '<records/>', { 'content-type': 'text/xml' }],
    ['compressed', 'x', { 'content-encoding': 'gzip' }],
    ['nested too deep', '['.repeat(15_000), {}],
    ['larger than 16 KiB', JSON.stringify({ records: 'x'.repeat(16 * 1024) }), {}],
  ])('of a user who may not send records, and it is %s', async (_, text, headers) => {
    const before = (await denied()).length;
    const request = reader.post('/v1/activities').set('content-type', 'application/json').set(headers);
    const { body } = await request
      .serialize((sent) => String(sent))
      .send(text)
      .expect(403);
    expect(body.code).toBe('privilege_missing');
    expect(await denied()).toHaveLength(before + 1);
    expect(await ingestedRows(service)).toEqual([]);
  });

  it('but of a denied attempt it is, as long as it is small: the record tells the comment', async () => {
    const cancel = (comment: string) => reader.post('/v1/subscriptions/ABCD123456/cancel', { comment }).expect(403);
    await cancel('Customer request');
    await cancel('x'.repeat(16 * 1024));
    const [large, small] = await denied();
    const attempt = { activity: { code: 'subscription.canceled' }, subscriptionReference: 'ABCD123456' };
    expect(small).toMatchObject({ ...attempt, comment: 'Customer request' });
    expect(large).toMatchObject({ ...attempt, comment: null });
  });

  it('where the operation takes none, whatever it is', async () => {
    const { id } = (await manager.post('/v1/roles', { name: 'Short-lived', privileges: [] }).expect(201)).body;
    const request = manager.delete(`/v1/roles/${id}`).set('content-type', 'no/type/at all');
    await request.serialize(String).send('{"malformed').expect(204);
  });
});
