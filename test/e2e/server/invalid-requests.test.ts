import { withoutRequestId } from '../../support/cards';
import { recordOf } from '../../support/ingestion';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';
import { CARD, fields, ID, INVALID_BODIES, order, PRICE, RECORDS, VIEWS, type Case } from './invalid-requests.cases';

describe('an invalid request', () => {
  const service = useService();
  const manager = useManager(service);

  const title = ([path, body, status, code]: Case) => `${path} ${JSON.stringify(body).slice(0, 60)}: ${status} ${code}`;
  const titled = (cases: readonly Case[]) => cases.map((one) => [title(one), one] as const);

  async function assertRefused([path, body, status, code, errors]: Case): Promise<void> {
    const answer = await fetch(service.url + path, {
      method: path === PRICE ? 'PUT' : 'POST',
      headers: { authorization: `Bearer ${manager.token!}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const text = await answer.text();
    const problem = JSON.parse(text) as Problem;
    expect([answer.status, problem.code, namedFields(problem)]).toEqual([status, code, errors]);
    expect(withoutRequestId(text)).not.toContain('1111');
  }

  describe.each(INVALID_BODIES)('%s', (_, cases) => {
    it.each(titled(cases))('%s', async (_name, one) => {
      await assertRefused(one);
    });
  });

  it('without a body has no fields', async () => {
    for (const [path, errors] of [
      ['/v1/roles', ['/name required', '/privileges required']],
      [VIEWS, ['/page required']],
      [RECORDS, ['/records required']],
    ] as const) {
      const { body } = await manager.post(path).expect(400);
      expect([body.code, namedFields(body as Problem)]).toEqual(['required', errors]);
    }
  });

  it.each([
    ['/v1/roles/x', 400, 'id_invalid', ['id id_invalid']],
    [`/v1/roles/${encodeURIComponent(CARD)}`, 422, 'card_number_refused', ['id card_number_refused']],
    [
      '/v1/users?limit=0&limit=1&colour=red',
      400,
      'validation_failed',
      ['colour field_unknown', 'limit not_a_whole_number'],
    ],
    ['/v1/users?limit=0&limit2=1', 400, 'validation_failed', ['limit2 field_unknown', 'limit out_of_range']],
    [
      `/v1/orders?status=x&shopperEmail=${encodeURIComponent(CARD)}`,
      400,
      'validation_failed',
      ['shopperEmail card_number_refused', 'status value_unknown'],
    ],
    [
      `/v1/reports/users-activity?userId=${ID}&userId=${CARD}`,
      422,
      'card_number_refused',
      ['userId card_number_refused'],
    ],
    [`/v1/users?${encodeURIComponent(CARD)}=1`, 422, 'card_number_refused', ['query card_number_refused']],
  ] as const)('names parameters plainly: %s', async (path, status, code, errors) => {
    const { body, text } = await manager.get(path).expect(status);
    expect([body.code, namedFields(body as Problem)]).toEqual([code, errors]);
    expect(text).not.toMatch(/4111.?1111/);
  });

  it('is told in sentences that read well', async () => {
    const messagesOf = async (path: string, body: object) =>
      ((await manager.post(path, body)).body as Problem).errors!.map(({ message }) => message);
    expect(await messagesOf('/v1/orders', { ...order, products: [{ quantity: 0 }, 7] })).toEqual([
      'products[0].productCode is required.',
      'products[0].quantity must be at least 1.',
      'products[1] must be an object.',
    ]);
    expect(await messagesOf(RECORDS, { records: [recordOf('a', { currency: 'XYZ' })] })).toEqual([
      'records[0].currency must be an ISO 4217 currency code, such as USD.',
      'records[0].amount is required if there is a currency.',
    ]);
    const { body } = await manager.patch('/v1/account', { timeZone: 'Mars', version: 1 }).expect(400);
    expect(body.detail).toBe('timeZone must be an IANA time zone such as Europe/Bucharest.');
  });

  it('has no more errors than a batch has fields', async () => {
    const { body } = await manager.post(RECORDS, { records: Array<object>(1000).fill(fields(30)) }).expect(400);
    expect(body.errors).toHaveLength(20_000);
    expect(body.detail).toBe('34000 fields are not valid; errors has the first 20000 of them.');
  });
});

interface Problem {
  readonly code: string;
  readonly errors?: readonly { readonly field: string; readonly code: string; readonly message: string }[];
}

function namedFields({ errors = [] }: Problem): string[] {
  return errors.map(({ field, code }) => `${field} ${code}`);
}
