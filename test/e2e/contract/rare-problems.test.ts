import { AlreadyRecorded, Recorder } from '../../../src/audit/recording/recorder';
import { Editor, TEMPLATES } from '../../support/email-templates';
import { PASSWORD, Service } from '../../support/service';
import { TestAccount } from '../../support/test-account';
import { VALID_REQUESTS } from '../../support/valid-requests';

const RECIPIENT = { recipient: 'editor@test.example' };

/** Problems that the contract declares and that the tests of no feature are about. */
describe('a rare problem', () => {
  let service: Service;
  let account: TestAccount;

  beforeAll(async () => {
    service = await Service.start();
    account = await TestAccount.open(service, 'alphaville');
  });
  afterEach(() => jest.restoreAllMocks());
  afterAll(() => service.stop());

  const valid = async (name: string) => VALID_REQUESTS[name]!(account, { person: account.manager, password: PASSWORD });

  it.each(['POST /v1/orders', 'POST /v1/page-views', 'POST /v1/orders/{reference}/refund'])(
    'is an Idempotency-Key of more than 200 characters, at %s',
    async (name) => {
      const { path, body } = await valid(name);
      const answer = await account.manager.post(path, body).set('idempotency-key', 'x'.repeat(201)).expect(400);
      expect(answer.body.code).toBe('idempotency_key_invalid');
    },
  );

  it('is an order that costs more than any amount may be', async () => {
    const product = { code: 'DEAR', name: 'Dear', price: '9999999999', currency: 'USD', billingCycleMonths: 0 };
    await account.manager.post('/v1/products', product).expect(201);
    const { path, body } = await valid('POST /v1/orders');
    const products = Array.from({ length: 100 }, () => ({ productCode: product.code, quantity: 1000 }));
    const answer = await account.manager.post(path, { ...body, products }).expect(422);
    expect(answer.body.code).toBe('total_too_large');
  });

  it('is the last holder of a privilege who manages access, and would lose it with another role', async () => {
    const { id } = await account.newRole(['manage_user_access']);
    const user = `/v1/users/${account.manager.user.id}`;
    const { body: manager } = await account.manager.get(user).expect(200);
    const answer = await account.manager.patch(user, { roleIds: [id], version: manager.version }).expect(409);
    expect(answer.body.code).toBe('privilege_would_be_lost');
  });

  it('is a batch whose records other clients keep recording', async () => {
    const { path, body } = await valid('POST /v1/activities');
    jest.spyOn(service.app.get(Recorder), 'recordPast').mockRejectedValue(new AlreadyRecorded(new Error('made up')));
    const answer = await account.manager.post(path, body).expect(503);
    expect(answer.body.code).toBe('records_contended');
  });

  it('is a test mail about an order that has no invoice, or no refund', async () => {
    const editor = new Editor(account.manager);
    const { body } = await valid('POST /v1/orders');
    const paymentMethod = { ...(body as { paymentMethod: object }).paymentMethod, token: 'tok_pending_1' };
    const { body: pending } = await account.manager.post('/v1/orders', { ...body, paymentMethod }).expect(201);
    const words = '{{refundAmount}}';
    const refund = { kind: 'refund_confirmation', subject: words, html: words, text: words };
    for (const [change, status, code] of [
      [{}, 404, 'invoice_not_found'],
      [refund, 409, 'refund_not_requested'],
    ] as const) {
      const { id } = await editor.makes(change);
      const request = { ...RECIPIENT, orderReference: pending.reference };
      const answer = await account.manager.post(`${TEMPLATES}/${id}/test`, request).expect(status);
      expect(answer.body.code).toBe(code);
    }
  });
});
