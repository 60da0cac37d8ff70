import { Activity } from '../../../src/audit/recording/activity.entity';
import { Order } from '../../../src/control-panel/sales/order.entity';
import { Editor, TEMPLATES, type Template } from '../../support/email-templates';
import { Report } from '../../support/report';
import { buildOrder, stockShop } from '../../support/shop';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';

const POLICY = "default-src 'none'; img-src https: http:; style-src 'unsafe-inline'; sandbox";
const EVIL = '<img src=x onerror="alert(1)"> & {{total}}';

describe('a preview', () => {
  const service = useService();
  const manager = useManager(service);
  const report = new Report(manager);
  const editor = new Editor(manager);
  let template: Template;
  let reference: string;

  beforeAll(async () => {
    template = await editor.makes({
      html: '<p title="{{shopperName}}">{{shopperName}}, {{total}} <a href="https://s.example/?q={{shopperName}}&amp;a=1">x</a></p>',
    });
    await stockShop(manager);
    reference = await placed(EVIL);
  });

  const placed = async (name: string): Promise<string> => {
    const order = buildOrder('ONCE', 'MONTHLY');
    const { body } = await manager.post('/v1/orders', { ...order, shopper: { ...order.shopper, name } }).expect(201);
    return body.reference;
  };
  const preview = (request: object = {}, query = '', person = manager, { id } = template) =>
    person.post(`${TEMPLATES}/${id}/preview${query}`, request);
  const detailsOf = async ({ id }: { id: string }) =>
    (await service.writeSource.getRepository(Activity).findOneByOrFail({ id })).details;

  it('shows a mail with sample values, and is recorded', async () => {
    const { body, headers } = await preview().expect(200);
    expect(body).toEqual({
      subject: 'Invoice 1 for Sara Shopper',
      html: '<p title="Sara Shopper">Sara Shopper, 59.90 <a href="https://s.example/?q=Sara%20Shopper&amp;a=1">x</a></p>',
      text: 'Dear Sara Shopper, 59.90 USD\n',
    });
    expect(headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'content-security-policy': POLICY,
      'x-content-type-options': 'nosniff',
    });
    const record = await report.lastRow({ activity: 'email_template.previewed' });
    expect(record).toMatchObject({ outcome: 'success', comment: 'Invoice', orderReference: null });
    expect(await detailsOf(record)).toEqual({
      templateId: template.id,
      kind: 'invoice',
      language: 'en',
      version: 1,
      values: 'sample',
    });
  });

  it.each([
    ['by its Accept header', '', 'text/html'],
    ['by the Accept header of a browser', '', 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'],
    ['by its format', '?format=html', 'application/json'],
  ])('comes as the page itself, which runs nothing, when asked %s', async (_, query, accept) => {
    const { text, headers } = await preview({}, query).set('accept', accept).expect(200);
    expect(text).toMatch(/^<p title="Sara Shopper">.*<\/p>$/);
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': POLICY,
      'x-content-type-options': 'nosniff',
      vary: expect.stringContaining('Accept'),
    });
  });

  it.each([
    ['?format=json', 'text/html'],
    ['', '*/*'],
    ['', 'image/png'],
  ])('comes as JSON otherwise: %s, %s', async (query, accept) => {
    const { body } = await preview({}, query).set('accept', accept).expect(200);
    expect(Object.keys(body)).toEqual(['subject', 'html', 'text']);
  });

  it('comes in no other format', async () => {
    const { body } = await preview({}, '?format=pdf').expect(400);
    expect(body).toMatchObject({ code: 'value_unknown', errors: [{ field: 'format' }] });
  });

  it('shows an order, with whatever its shopper is called made harmless', async () => {
    const { body } = await preview({ orderReference: reference }).expect(200);
    const escaped = '&lt;img src=x onerror="alert(1)"&gt; &amp; {{total}}';
    expect(body).toEqual({
      subject: `Invoice 1 for ${EVIL}`,
      html:
        `<p title="${escaped.replaceAll('"', '&quot;')}">${escaped}, 29.90 ` +
        `<a href="https://s.example/?q=${encodeURIComponent(EVIL)}&amp;a=1">x</a></p>`,
      text: `Dear ${EVIL}, 29.90 USD\n`,
    });
    const record = await report.lastRow({ activity: 'email_template.previewed' });
    expect(record).toMatchObject({ comment: 'Invoice', orderReference: reference });
    expect(await detailsOf(record)).toMatchObject({ values: 'order' });
  });

  it('keeps a name with line breaks, as older versions of the service stored them, within its line', async () => {
    const broken = await placed('Eve');
    const shopperName = 'Eve\r\nBcc: all@shop.example\u2028<p>';
    await service.writeSource.getRepository(Order).update({ reference: broken }, { shopperName });
    const { body } = await preview({ orderReference: broken }).expect(200);
    expect(body.subject).toBe('Invoice 2 for Eve Bcc: all@shop.example <p>');
    expect(body.text).toBe('Dear Eve Bcc: all@shop.example <p>, 29.90 USD\n');
  });

  it('shows an older version when asked', async () => {
    const edited = await editor.edits(await editor.makes(), { subject: 'Second {{orderReference}}' });
    const { body: newest } = await preview({}, '', manager, edited).expect(200);
    const { body: first } = await preview({ version: 1 }, '', manager, edited).expect(200);
    expect([newest.subject, first.subject]).toEqual(['Second 2000001', 'Invoice 1 for Sara Shopper']);
  });

  it('shows what was ordered, and the newest refund of it', async () => {
    const words = '{{orderReference}} {{products}}';
    const order = await editor.makes({ kind: 'order_confirmation', subject: 'Order', html: words, text: words });
    const { body: confirmed } = await preview({ orderReference: reference }, '', manager, order).expect(200);
    expect(confirmed.text).toBe(`${reference} 1 × Sold once; 1 × Monthly`);
    const back = '{{refundAmount}} {{refundFee}} {{currency}} {{refundDate}}';
    const refund = await editor.makes({ kind: 'refund_confirmation', subject: back, html: back, text: back });
    const { body } = await preview({ orderReference: reference }, '', manager, refund).expect(409);
    expect(body.code).toBe('refund_not_requested');
    const asked = { reason: 'shopper_request' };
    const { body: requested } = await manager.post(`/v1/orders/${reference}/refund`, asked).expect(201);
    const { body: refunded } = await preview({ orderReference: reference }, '', manager, refund).expect(200);
    expect(refunded.text).toBe(`27.50 2.40 USD ${requested.requestedAt.slice(0, 10)}`);
  });

  it('shows an order only to whoever may see orders, and records who tried', async () => {
    const john = await service.newUser(manager, 'john@one.example', 'John Doe', ['email_editor', 'invoices']);
    await preview({}, '', john).expect(200);
    for (const [action, activity] of [
      ['preview', 'email_template.previewed'],
      ['test', 'email_template.test_sent'],
    ] as const) {
      const path = `${TEMPLATES}/${template.id}/${action}`;
      const request = { orderReference: reference, ...(action === 'test' && { recipient: 'a@b.example' }) };
      const { body } = await john.post(path, request).expect(403);
      expect(body).toMatchObject({ code: 'privilege_missing', errors: [{ field: '/orderReference' }] });
      expect(await report.lastRow({ activity })).toMatchObject({
        outcome: 'denied',
        comment: 'Invoice',
        orderReference: reference,
        user: { name: 'John Doe' },
      });
    }
  });

  it('shows no order of another account', async () => {
    const other = await service.newManager('manager@two.example');
    const own = await new Editor(other).makes();
    const { body } = await preview({ orderReference: reference }, '', other, own).expect(404);
    expect(body).toMatchObject({ code: 'order_not_found', errors: [{ field: '/orderReference' }] });
    expect(await new Report(other).lastRow({ activity: 'email_template.previewed' })).toMatchObject({
      outcome: 'failure',
      orderReference: reference,
    });
  });
});
