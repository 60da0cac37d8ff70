import { InvoicesService } from '../../../src/control-panel/invoices/invoices.service';
import { Invoice } from '../../../src/control-panel/sales/invoice.entity';
import type { Order } from '../../../src/control-panel/sales/order.entity';
import { UnitOfWork } from '../../../src/database/unit-of-work';
import { bareOrder, invoicedOrder } from '../../support/invoiced-orders';
import { pdfTexts } from '../../support/pdf-text';
import { Report } from '../../support/report';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';

describe('invoices', () => {
  const service = useService();
  const manager = useManager(service);
  const report = new Report(manager);
  let order: Order;

  beforeAll(async () => {
    order = await invoicedOrder(service, manager);
  });
  afterEach(() => jest.restoreAllMocks());

  const pdfOf = async ({ reference }: Order, person = manager): Promise<Buffer> =>
    (await person.get(`/v1/orders/${reference}/invoice.pdf`).responseType('blob').expect(200)).body;

  it('show what an order costs, and are recorded as a page', async () => {
    const { body } = await manager.get(`/v1/orders/${order.reference}/invoice`).expect(200);
    expect(body).toEqual({
      number: 1,
      orderReference: order.reference,
      issuedAt: expect.stringMatching(/^20\d{2}-.*\+0[23]:00$/),
      seller: 'Merchant of manager@one.example',
      shopper: { name: 'Иван Ωμέγα', email: 'ivan@shopper.example', country: 'BG' },
      lines: [
        expect.objectContaining({ productName: 'Nimbus VPN', quantity: 2, unitPrice: '59.50', amount: '119' }),
        expect.objectContaining({ productName: 'Облак 漢字', quantity: 1, unitPrice: '19.90', amount: '19.90' }),
      ],
      total: '138.90',
      currency: 'USD',
    });
    expect(await report.lastRow({ activity: 'page.accessed' })).toMatchObject({
      comment: 'Invoice',
      outcome: 'success',
    });
  });

  it('download as a PDF that any reader opens, and are recorded as a page', async () => {
    const { headers } = await manager.get(`/v1/orders/${order.reference}/invoice.pdf`).expect(200);
    expect(headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': 'attachment; filename="invoice-1.pdf"',
    });
    expect(await report.lastRow({ activity: 'page.accessed' })).toMatchObject({
      comment: 'Invoice PDF',
      outcome: 'success',
    });
    const pdf = await pdfOf(order);
    expect(headers['content-length']).toBe(String(pdf.length));
    expect(pdf.toString('latin1')).toMatch(/^%PDF-1\.\d\n[^]*%%EOF\n$/);
    const texts = pdfTexts(pdf);
    for (const text of ['Invoice 1', `Order: ${order.reference}`, '119.00', '138.90 USD', 'Nimbus VPN', 'Облак 漢字']) {
      expect(texts).toContain(text);
    }
  });

  it.each([
    ['Latin', 'Łukasz Đorđe Ñandú'],
    ['Cyrillic and Greek', 'Иван Ωμέγα'],
    ['Chinese', '王小明'],
    ['Japanese', '山田 たろう Ltd'],
    ['Korean', '김민준'],
    ['Thai', 'สมชาย'],
    ['Armenian and Georgian', 'Արամ გიორგი'],
  ])('write names in %s', async (_, shopperName) => {
    const named = await invoicedOrder(service, manager, { shopperName });
    expect(pdfTexts(await pdfOf(named))).toContain(shopperName);
  });

  it('write names from right to left', async () => {
    const named = await invoicedOrder(service, manager, { shopperName: 'דוד בן כהן' });
    const fromLeft = Array.from('דוד בן כהן').reverse().join('');
    expect(pdfTexts(await pdfOf(named))).toContain(fromLeft);
  });

  it('write amounts with the decimals of their currency', async () => {
    const yen = await invoicedOrder(service, manager, { currency: 'JPY', total: 13890 });
    expect(pdfTexts(await pdfOf(yen))).toContain('13890 JPY');
  });

  it('are the same each time, also after the account has another name and zone', async () => {
    const other = await service.newManager('manager@renamed.example');
    const old = await invoicedOrder(service, other);
    const before = await pdfOf(old, other);
    await other.patch('/v1/account', { name: 'Renamed', timeZone: 'Pacific/Kiritimati', version: 1 }).expect(200);
    expect((await pdfOf(old, other)).equals(before)).toBe(true);
  });

  it('wrap long names of shoppers and products', async () => {
    const long = await invoicedOrder(service, manager, { shopperName: 'Long '.repeat(40).trim() });
    await service.writeSource.query(
      `UPDATE order_lines SET product_name = '${'Wide '.repeat(39)}end' WHERE order_id = '${long.id}'`,
    );
    const texts = pdfTexts(await pdfOf(long));
    expect(texts.filter((text) => text.endsWith('end'))).toHaveLength(2);
    expect(texts).toContain('138.90 USD');
  });

  it('are numbered without a gap, also where every third of thirty at once rolls back', async () => {
    const other = await service.newManager('manager@numbers.example');
    const placings = Array.from({ length: 30 }, (_, index) =>
      service.app.get(UnitOfWork).run(async () => {
        const placed = await bareOrder(service, other);
        await service.app.get(InvoicesService).issue(placed);
        if (index % 3 === 0) throw new Error('rolled back');
      }),
    );
    const outcomes = await Promise.allSettled(placings);
    const failures = outcomes.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[];
    expect(failures.map(({ reason }) => String(reason))).toEqual(failures.map(() => 'Error: rolled back'));
    expect(failures).toHaveLength(10);
    const issued = await service.writeSource.getRepository(Invoice).findBy({ accountId: other.user.account.id });
    expect(issued.map(({ number }) => number).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 20 }, (_, index) => index + 1),
    );
  });

  it('are of their account alone', async () => {
    const other = await service.newManager('manager@two.example');
    for (const path of ['invoice', 'invoice.pdf']) {
      const { body } = await other.get(`/v1/orders/${order.reference}/${path}`).expect(404);
      expect(body).toMatchObject({ code: 'order_not_found', errors: [{ field: 'reference' }] });
    }
    await other.post(`/v1/orders/${order.reference}/invoice/send`, {}).expect(404);
  });

  it('are denied to whoever lacks the privilege', async () => {
    const john = await service.newUser(manager, 'john@one.example', 'John Doe', ['orders', 'refunds']);
    for (const path of ['invoice', 'invoice.pdf']) {
      await john.get(`/v1/orders/${order.reference}/${path}`).expect(403);
      expect(await report.lastRow({ activity: 'page.accessed' })).toMatchObject({
        outcome: 'denied',
        user: { name: 'John Doe' },
      });
    }
  });
});
