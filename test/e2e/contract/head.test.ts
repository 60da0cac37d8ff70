import { request, type IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';
import { Activity } from '../../../src/audit/recording/activity.entity';
import { Readiness } from '../../../src/operations/readiness';
import { OPERATIONS } from '../../support/contract';
import { exportPath } from '../../support/exports';
import { queryString, REPORT, type Person } from '../../support/person';
import { PASSWORD } from '../../support/service';
import { SUMMARY } from '../../support/summary';
import { TestAccount } from '../../support/test-account';
import { useService } from '../../support/use-service';
import { VALID_REQUESTS } from '../../support/valid-requests';

const READS = OPERATIONS.filter(({ method }) => method === 'get').map(({ path }) => `GET ${path}`);
const DOCUMENTS = ['/docs', '/docs/swagger-ui.css', '/docs/swagger-ui-init.js', '/openapi.json', '/openapi.yaml'];

/** Headers of a GET response that are different for each response, or that only the handler knows. */
const NOT_KNOWN = [
  ...['date', 'x-request-id', 'content-length', 'transfer-encoding', 'content-disposition', 'link', 'report-time-zone'],
];

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

describe('HEAD', () => {
  const service = useService();
  let account: TestAccount;
  let manager: Person;
  let powerless: Person;

  beforeAll(async () => {
    account = await TestAccount.open(service, 'alphaville');
    ({ manager } = account);
    powerless = await service.newUser(manager, account.newEmail(), 'Nobody special');
  });

  it.each(READS)('%s gets its status and headers, no body, and leaves no record', async (name) => {
    const { path, query = {} } = await VALID_REQUESTS[name]!(account, { person: manager, password: PASSWORD });
    const address = path + queryString(query);
    const before = await countRecords();
    const head = await send('HEAD', address, manager);
    expect(await countRecords()).toBe(before);
    const get = await send('GET', address, manager);
    expect([head.status, head.body]).toEqual([get.status, '']);
    expect(known(head.headers)).toEqual(known(get.headers));
  });

  it.each(DOCUMENTS)('%s gets the headers of GET', async (path) => {
    const [head, get] = [await send('HEAD', path), await send('GET', path)];
    expect([head.status, head.body]).toEqual([200, '']);
    expect(known(head.headers)).toEqual(known(get.headers));
  });

  it('of a report has the media type of the format', async () => {
    const { headers } = await send('HEAD', `${REPORT}?format=csv`, manager);
    expect(headers).toMatchObject({ 'content-type': expect.stringMatching(/^text\/csv/) as string });
    const refused = await send('HEAD', REPORT, manager, { accept: 'image/png' });
    expect([refused.status, refused.headers['content-type']]).toEqual([406, expect.stringMatching(/problem/)]);
  });

  it.each([
    ['an invalid query', `${REPORT}?limit=0`, 400],
    ['an unknown parameter', '/v1/roles?colour=red', 400],
    ['an invalid path', '/v1/roles/none', 400],
    ['an empty path parameter', '/v1/roles/', 404],
    ['an unknown activity type', `${REPORT}?activity=custom.unknown`, 400],
    ['an unknown user', `${REPORT}?userId=01J000000000000000000VSER9`, 404],
    ['a reversed interval', `${REPORT}?from=2026-02-01&to=2026-01-01`, 400],
    ['a forged cursor', `${REPORT}?cursor=forged`, 400],
    ['a parameter of another format', `${REPORT}?format=csv&limit=1`, 400],
    ['an unknown activity type in an export', `${exportPath('ndjson')}?activity=custom.unknown`, 400],
    ['an unknown activity type in a summary', `${SUMMARY}?groupBy=day&activity=custom.unknown`, 400],
    ['groupings that make no sense together', `${SUMMARY}?groupBy=day&groupBy=week`, 400],
    ['an interval that is too long for a summary', `${SUMMARY}?groupBy=day&from=2024-01-01&to=2025-12-31`, 422],
  ])('with %s is refused like GET, and leaves no record', async (_, path, status) => {
    const before = await countRecords();
    const head = await send('HEAD', path, manager);
    expect(await countRecords()).toBe(before);
    const get = await send('GET', path, manager);
    expect([head.status, head.body]).toEqual([status, '']);
    expect(head.headers['content-length']).toBe(get.headers['content-length']);
    expect(known(head.headers)).toEqual(known(get.headers));
  });

  it('is authenticated', async () => {
    const { status, headers, body } = await send('HEAD', REPORT);
    expect([status, headers['www-authenticate'], body]).toEqual([401, 'Bearer', '']);
  });

  it('without the privilege is denied, and the attempt is recorded as one of GET is', async () => {
    for (const method of ['HEAD', 'GET']) {
      expect(await send(method, REPORT, powerless)).toMatchObject({ status: 403 });
    }
    const rows = await manager.report({ outcome: 'denied', userId: powerless.user.id });
    expect(rows.map(({ activity, outcome }) => [activity.code, outcome])).toEqual([
      ['report.built', 'denied'],
      ['report.built', 'denied'],
    ]);
  });

  it('of the readiness check says whether the service is ready', async () => {
    service.app.get(Readiness).isStopping = true;
    try {
      expect(await send('HEAD', '/health/ready')).toMatchObject({ status: 503, body: '' });
      expect(await send('HEAD', '/health/live')).toMatchObject({ status: 200, body: '' });
    } finally {
      service.app.get(Readiness).isStopping = false;
    }
    expect(await send('HEAD', '/health/ready')).toMatchObject({ status: 200, body: '' });
  });

  const countRecords = () => service.writeSource.manager.count(Activity);

  function send(method: string, path: string, person?: Person, more: Record<string, string> = {}): Promise<Answer> {
    const headers = { ...(person && { authorization: `Bearer ${person.token!}` }), ...more };
    return new Promise((resolve, reject) => {
      const sent = request(service.url + path, { method, headers, agent: false }, (response) => {
        text(response).then((body) => {
          resolve({ status: response.statusCode!, headers: response.headers, body });
        }, reject);
      });
      sent.on('error', reject).end();
    });
  }
});

function known(headers: IncomingHttpHeaders): object {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !NOT_KNOWN.includes(name)));
}
