import { Activity } from '../../../src/audit/recording/activity.entity';
import { OutboxJob } from '../../../src/mail/outbox.job';
import { OutgoingMail } from '../../../src/mail/outgoing-mail.entity';
import { Editor, TEMPLATES } from '../../support/email-templates';
import { insertOrder } from '../../support/inserted-orders';
import { invoicedOrder } from '../../support/invoiced-orders';
import { DECLINED_CARD, PENDING_CARD } from '../../support/payment-methods';
import type { Person } from '../../support/person';
import { Report } from '../../support/report';
import { buildOrder, stockShop } from '../../support/shop';
import { useMailServer } from '../../support/use-mail-server';
import { useService } from '../../support/use-service';

describe('a mail to a shopper', () => {
  const server = useMailServer();
  const service = useService(() => ({ SMTP_URL: server.url, MAIL_FROM: 'shop@shop.example' }));
  let manager: Person;
  let report: Report;
  let editor: Editor;
  let accounts = 0;

  beforeEach(async () => {
    manager = await service.newManager(`manager@shop${++accounts}.example`);
    editor = new Editor(manager);
    report = new Report(manager);
    server.mails.length = 0;
  });

  const delivered = async () => {
    await service.app.get(OutboxJob).deliverDue();
    return server.mails.splice(0).sort((a, b) => (a.messageId! < b.messageId! ? -1 : 1));
  };
  const detailsOf = async (activity: string) => {
    const { id } = await report.lastRow({ activity });
    return (await service.writeSource.getRepository(Activity).findOneByOrFail({ id })).details;
  };
  const waiting = () => service.writeSource.getRepository(OutgoingMail).countBy({ status: 'waiting' });

  describe('as a test', () => {
    it('arrives as a page and as a text, and is recorded', async () => {
      const template = await editor.makes();
      const request = { recipient: ' Editor@Shop.example' };
      const { body } = await manager.post(`${TEMPLATES}/${template.id}/test`, request).expect(202);
      expect(body).toEqual({ mailId: expect.stringMatching(/^[0-9A-Z]{26}$/), recipient: 'editor@shop.example' });
      const [mail, ...more] = await delivered();
      expect(more).toEqual([]);
      expect(mail).toMatchObject({
        messageId: `<${body.mailId}@shop.example>`,
        to: [{ address: 'editor@shop.example' }],
        subject: 'Invoice 1 for Sara Shopper',
        html: expect.stringContaining('<p>Dear Sara Shopper, <b>59.90 USD</b></p>'),
        text: expect.stringMatching(/^Dear Sara Shopper, 59\.90 USD\n/),
        attachments: [],
      });
      expect(await report.lastRow({ activity: 'email_template.test_sent' })).toMatchObject({
        outcome: 'success',
        activity: { label: 'Email Editor: send test email' },
        comment: 'Invoice',
        orderReference: null,
      });
      expect(await detailsOf('email_template.test_sent')).toMatchObject({
        templateId: template.id,
        kind: 'invoice',
        language: 'en',
        version: 1,
        values: 'sample',
        recipient: 'editor@shop.example',
        mailId: body.mailId,
      });
    });

    it('shows an order, in an older version', async () => {
      const template = await editor.edits(await editor.makes(), { subject: 'Second' });
      const { reference } = await invoicedOrder(service, manager, { shopperName: '<b>Ünï</b> 漢字' });
      const request = { recipient: 'editor@shop.example', orderReference: reference, version: 1 };
      await manager.post(`${TEMPLATES}/${template.id}/test`, request).expect(202);
      expect(await delivered()).toMatchObject([
        {
          subject: 'Invoice 1 for <b>Ünï</b> 漢字',
          html: expect.stringContaining('<p>Dear &lt;b&gt;Ünï&lt;/b&gt; 漢字, <b>138.90 USD</b></p>'),
          text: expect.stringContaining('Dear <b>Ünï</b> 漢字, 138.90 USD\n'),
        },
      ]);
      expect(await report.lastRow({ activity: 'email_template.test_sent' })).toMatchObject({
        orderReference: reference,
      });
    });

    it('goes nowhere when it cannot be recorded', async () => {
      const { id } = await editor.makes();
      const rename = (from: string, to: string) => service.writeSource.query(`ALTER TABLE ${from} RENAME TO ${to}`);
      await rename('activities', 'activities_away');
      try {
        await manager.post(`${TEMPLATES}/${id}/test`, { recipient: 'editor@shop.example' }).expect(503);
      } finally {
        await rename('activities_away', 'activities');
      }
      expect(await waiting()).toBe(0);
    });
  });

  describe('with an invoice', () => {
    const send = (reference: string, request: object = {}) =>
      manager.post(`/v1/orders/${reference}/invoice/send`, request).expect(202);
    /** The subject of the mail that goes out for an order of a shopper who reads the language. */
    const subjectFor = async (shopperLanguage: string | null, request: object = {}) => {
      const { reference } = await invoicedOrder(service, manager, { shopperLanguage });
      await send(reference, request);
      return (await delivered())[0]!.subject;
    };

    it('says what the active template says, with the PDF', async () => {
      const template = await editor.makesActive();
      const draft = await editor.edits(template, { subject: 'Not yet' });
      const { reference } = await invoicedOrder(service, manager);
      const { body } = await send(reference, { comment: 'Lost' });
      const [mail] = await delivered();
      expect(mail).toMatchObject({
        messageId: `<${body.mailId}@shop.example>`,
        to: [{ address: 'ivan@shopper.example' }],
        subject: 'Invoice 1 for Иван Ωμέγα',
        html: expect.stringContaining('<p>Dear Иван Ωμέγα, <b>138.90 USD</b></p>'),
        text: expect.stringContaining('Dear Иван Ωμέγα, 138.90 USD\n'),
        attachments: [{ filename: 'invoice-1.pdf', mimeType: 'application/pdf' }],
      });
      expect(await detailsOf('invoice.sent')).toEqual({
        invoiceNumber: 1,
        recipient: 'ivan@shopper.example',
        mailId: body.mailId,
        template: { templateId: template.id, version: 1, language: 'en' },
      });
      await editor.activates(draft);
      expect(await subjectFor(null)).toBe('Not yet');
    });

    it('is in the language that is asked for, or the shopper’s, or what that is a kind of, or English', async () => {
      const builtIn = await subjectFor('pt-BR');
      expect(builtIn).toMatch(/^Invoice \d+ from Merchant of manager@shop/);
      for (const language of ['en', 'pt', 'pt-BR', 'zh-Hant', 'ro']) {
        await editor.makesActive({ language, subject: `in ${language}` });
      }
      await editor.makes({ language: 'de', subject: 'a draft' });
      expect(await subjectFor(null)).toBe('in en');
      expect(await subjectFor('pt-BR')).toBe('in pt-BR');
      expect(await subjectFor('pt-PT')).toBe('in pt');
      expect(await subjectFor('zh-Hant-TW')).toBe('in zh-Hant');
      expect(await subjectFor('de')).toBe('in en');
      expect(await subjectFor('pt-BR', { language: 'RO-md' })).toBe('in ro');
      expect(await subjectFor('pt-BR', { language: 'fr' })).toBe('in en');
    });

    it('falls back when the template is deleted, until another one is active', async () => {
      const template = await editor.makesActive({ subject: 'Ours' });
      expect(await subjectFor(null)).toBe('Ours');
      await editor.deletes(template);
      expect(await subjectFor(null)).toMatch(/^Invoice \d+ from Merchant/);
      await manager.post(`${TEMPLATES}/${template.id}/restore`).expect(200);
      expect(await subjectFor(null)).toMatch(/^Invoice \d+ from Merchant/);
      await editor.activates(template);
      expect(await subjectFor(null)).toBe('Ours');
    });

    it('without a template stays the text that it was', async () => {
      const { reference } = await invoicedOrder(service, manager);
      await send(reference);
      const [mail] = await delivered();
      expect(mail!.html).toBeUndefined();
      expect(mail!.text).toContain(`Attached is invoice 1 of your order ${reference}: 138.90 USD.`);
      expect(await detailsOf('invoice.sent')).not.toHaveProperty('template');
    });

    it('is never made with another account’s template', async () => {
      await new Editor(await service.newManager(`other@shop${accounts}.example`)).makesActive({ subject: 'Theirs' });
      expect(await subjectFor('en')).toMatch(/^Invoice \d+ from Merchant/);
    });

    it('is refused in no language', async () => {
      const { reference } = await invoicedOrder(service, manager);
      const path = `/v1/orders/${reference}/invoice/send`;
      const { body } = await manager.post(path, { language: 'en_US' }).expect(400);
      expect(body).toMatchObject({ code: 'language_unknown', errors: [{ field: '/language' }] });
    });
  });

  describe('who orders', () => {
    const confirmation = {
      kind: 'order_confirmation',
      subject: 'Order {{orderReference}} at {{sellerName}}',
      html: '<p>{{products}}: {{total}} {{currency}}</p>',
      text: '{{products}}: {{total}} {{currency}}, {{orderDate}}',
    };
    const place = async (change: object = {}, shopper: object = {}, key?: string) => {
      const order = buildOrder('YEARLY', 'ONCE');
      const request = { ...order, shopper: { ...order.shopper, ...shopper }, ...change };
      const test = manager.post('/v1/orders', request);
      return (await (key === undefined ? test : test.set('idempotency-key', key)).expect(201)).body;
    };

    beforeEach(() => stockShop(manager));

    it('goes out in the shopper’s language where there is a template, and is recorded with the order', async () => {
      await editor.makesActive({ ...confirmation, subject: 'in English' });
      const template = await editor.makesActive({ ...confirmation, language: 'ro' });
      const order = await place({}, { language: 'ro-ro' });
      expect(order.shopper).toEqual({
        name: 'Sara Shopper',
        email: 'sara@shopper.example',
        country: 'RO',
        language: 'ro-RO',
      });
      const { body: shown } = await manager.get(`/v1/orders/${order.reference}`).expect(200);
      expect(shown).toEqual(order);
      const mails = await delivered();
      expect(mails).toMatchObject([
        {
          to: [{ address: 'sara@shopper.example' }],
          subject: `Order ${order.reference} at Merchant of manager@shop${accounts}.example`,
          html: expect.stringContaining('<p>1 × Yearly; 1 × Sold once: 119.90 USD</p>'),
          text: expect.stringContaining(`119.90 USD, ${order.placedAt.slice(0, 10)}`),
          attachments: [],
        },
      ]);
      const details = await detailsOf('order.placed');
      expect(details).toMatchObject({
        confirmation: {
          mailId: expect.any(String),
          template: { templateId: template.id, version: 1, language: 'ro' },
        },
      });
    });

    it('goes out once for an order that is sent twice', async () => {
      await editor.makesActive(confirmation);
      const first = await place({}, {}, 'key-1');
      expect(await place({}, {}, 'key-1')).toEqual(first);
      expect(await delivered()).toHaveLength(1);
    });

    it('does not go out without a template, before the payment, or where the order fails', async () => {
      expect((await place()).shopper.language).toBeNull();
      expect(await detailsOf('order.placed')).not.toHaveProperty('confirmation');
      await editor.makesActive(confirmation);
      await place({ paymentMethod: PENDING_CARD });
      const declined = { ...buildOrder('ONCE'), paymentMethod: DECLINED_CARD };
      await manager.post('/v1/orders', declined).expect(422);
      expect(await waiting()).toBe(0);
    });

    it('is refused in no language', async () => {
      const order = buildOrder('ONCE');
      const request = { ...order, shopper: { ...order.shopper, language: 'ro_RO' } };
      const { body } = await manager.post('/v1/orders', request).expect(400);
      expect(body).toMatchObject({ code: 'language_unknown', errors: [{ field: '/shopper/language' }] });
    });
  });

  describe('who gets a refund', () => {
    const refundMail = {
      kind: 'refund_confirmation',
      subject: '{{refundAmount}} {{currency}} of {{orderReference}}',
      html: '<p>{{refundFee}}</p>',
      text: '{{refundAmount}} of {{total}}',
    };
    const refund = (reference: string, request: object = {}) =>
      manager.post(`/v1/orders/${reference}/refund`, { reason: 'shopper_request', ...request });

    it('goes out with the amount that goes back, and is recorded with the refund', async () => {
      const template = await editor.makesActive(refundMail);
      const reference = await insertOrder(service, manager, { lines: [{ unitPrice: 11_900, fee: 950 }] });
      await refund(reference).expect(201);
      expect(await delivered()).toMatchObject([
        {
          to: [{ address: 'sara@shopper.example' }],
          subject: `109.50 USD of ${reference}`,
          html: expect.stringContaining('<p>9.50</p>'),
          text: expect.stringContaining('109.50 of 119.00'),
        },
      ]);
      expect(await detailsOf('refund.requested')).toMatchObject({
        requestedAmount: '119',
        confirmation: { template: { templateId: template.id } },
      });
    });

    it('does not go out without a template, nor for a refund that fails', async () => {
      const reference = await insertOrder(service, manager, { lines: [{ unitPrice: 11_900 }] });
      await refund(reference, { amount: '19' }).expect(201);
      expect(await detailsOf('refund.requested')).not.toHaveProperty('confirmation');
      await editor.makesActive(refundMail);
      await refund(reference, { amount: '1000' }).expect(422);
      expect(await waiting()).toBe(0);
    });
  });
});
