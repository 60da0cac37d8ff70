import { request as send } from 'node:http';
import { batchOf, ingest, ingestedRows, recordOf } from '../../support/ingestion';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';

const MIB = 1024 * 1024;

describe('a batch that is too large, or of an odd shape', () => {
  const service = useService();
  const manager = useManager(service);

  afterEach(async () => {
    expect(await ingestedRows(service)).toEqual([]);
  });

  it('is refused from 1,001 records on', async () => {
    for (const records of [batchOf(1001, 'too many'), Array.from({ length: 30_000 }, () => ({}))]) {
      const { body } = await ingest(manager, records).expect(400);
      expect(body).toMatchObject({ code: 'too_many', errors: [{ field: '/records', code: 'too_many' }] });
      expect(body.errors).toHaveLength(1);
    }
  });

  it('is refused from 5 MiB on, and the answer says so', async () => {
    const sized = (bytes: number) => {
      const body = JSON.stringify({ records: [recordOf('large', { comment: '' })] });
      return body.replace('"comment":""', `"comment":"${'x'.repeat(bytes - body.length)}"`);
    };
    const post = async (body: string) => {
      const answer = await fetch(`${service.url}/v1/activities`, {
        method: 'POST',
        body,
        headers: { authorization: `Bearer ${manager.token!}`, 'content-type': 'application/json' },
      });
      expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
      return { status: answer.status, ...((await answer.json()) as { code: string; detail: string }) };
    };
    expect(await post(sized(5 * MIB))).toMatchObject({ status: 400, code: 'length_out_of_range' });
    expect(await post(sized(5 * MIB + 1))).toMatchObject({
      status: 413,
      code: 'body_too_large',
      detail: expect.stringContaining('5 MiB') as string,
    });
    expect(await post(sized(6 * MIB))).toMatchObject({ status: 413, code: 'body_too_large' });
  });

  it('is refused by an answer that every client gets to read, also while it still sends', async () => {
    const body = JSON.stringify({ records: [], rest: 'x'.repeat(6 * MIB) });
    const headers = { authorization: `Bearer ${manager.token!}`, 'content-type': 'application/json' };
    for (let times = 0; times < 20; times++) {
      const answer = await fetch(`${service.url}/v1/activities`, { method: 'POST', headers, body });
      expect([answer.status, await answer.json()]).toMatchObject([413, { code: 'body_too_large' }]);
    }
  });

  it('leaves every other route at 1 MiB', async () => {
    const body = JSON.stringify({ name: 'x'.repeat(MIB), privileges: [] });
    const answer = await new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
      const headers = { authorization: `Bearer ${manager.token!}`, 'content-type': 'application/json' };
      const outgoing = send(`${service.url}/v1/roles`, { method: 'POST', headers }, (incoming) => {
        let text = '';
        incoming.on('data', (chunk) => (text += String(chunk)));
        incoming.on('end', () => {
          resolve({ status: incoming.statusCode, text });
        });
      });
      outgoing.on('error', reject);
      outgoing.end(body);
    });
    expect(answer.status).toBe(413);
    expect(JSON.parse(answer.text)).toMatchObject({
      code: 'body_too_large',
      detail: expect.stringContaining(' 1 MiB') as string,
    });
  });

  const named = (count: number, prefix = 'f') =>
    Object.fromEntries(Array.from({ length: count }, (_, place) => [`${prefix}${place}`, 1]));

  it.each<[string, () => object, string]>([
    ['fields that nobody knows', () => ({ records: [{ ...recordOf('odd'), ...named(400_000) }] }), 'body_too_wide'],
    ['fewer of them', () => ({ records: [{ ...recordOf('odd'), ...named(900) }] }), 'body_too_wide'],
    ['some in each record', () => ({ records: batchOf(1000, 'odd', named(30)) }), 'field_unknown'],
    ['fields beside the records', () => ({ records: batchOf(1, 'odd'), ...named(900) }), 'body_too_wide'],
    ['digits as names', () => ({ records: [{ ...recordOf('odd'), ...named(300_000, '') }] }), 'body_too_wide'],
    [
      'lists',
      () => ({ records: [recordOf('odd', { comment: Array.from({ length: 1_500_000 }, () => []) })] }),
      'body_too_wide',
    ],
    ['more of them than any batch', () => ({ records: Array.from({ length: 700_000 }, () => []) }), 'body_too_wide'],
    [
      'single digits',
      () => ({ records: [recordOf('odd', { comment: '1 '.repeat(2_500_000) })] }),
      'length_out_of_range',
    ],
    [
      'digits in each record',
      () => ({ records: batchOf(1000, 'odd', { comment: '1 '.repeat(1000), page: 7 }) }),
      'not_a_text',
    ],
    ['texts that are cut', () => ({ records: batchOf(1000, '\ud800', named(30, '\ud800')) }), 'text_malformed'],
  ])('is refused, and the service goes on: %s', async (_, made, code) => {
    const answer = await manager.post('/v1/activities', made()).expect(400);
    expect(answer.body.code).toBe(code);
    expect(answer.text.length).toBeLessThan(4 * MIB);
    await manager.get('/v1/auth/me').expect(200);
  });
});

describe('a batch as large as may be', () => {
  const service = useService();

  it('is recorded with every column full, and when it comes again is known as fast', async () => {
    const manager = await service.newManager('manager@one.example');
    const full = {
      user: { name: 'N'.repeat(200), email: `${'n'.repeat(50)}@${'long-name.'.repeat(12)}example` },
      subscriptionReference: 'S'.repeat(64),
      orderReference: 'O'.repeat(64),
      amount: '10000000000.00',
      currency: 'USD',
      billingCycles: 1200,
      comment: 'Customer request '.repeat(118).slice(0, 2000),
      page: 'P'.repeat(200),
      ipAddress: '2001:0db8:85a3:0000:0000:8a2e:255.255.255.255',
      userAgent: 'U'.repeat(512),
    };
    const records = batchOf(1000, 'k'.repeat(195), full);
    expect(JSON.stringify({ records }).length).toBeGreaterThan(3.5 * MIB);
    for (const count of ['recorded', 'duplicates']) {
      expect((await ingest(manager, records).expect(200)).body).toMatchObject({ [count]: 1000 });
    }
    const [row] = await manager.report({ limit: 1, activity: 'page.accessed', outcome: 'success' });
    const { user, amount, ...columns } = full;
    const ipAddress = '2001:db8:85a3::8a2e:ffff:ffff';
    expect(row).toMatchObject({ ...columns, ipAddress, amount: '10000000000', user: { id: null, name: user.name } });
    expect(amount).toBe('10000000000.00');
  });
});
