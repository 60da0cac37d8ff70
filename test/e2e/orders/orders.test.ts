import { OrderFulfilment } from '../../../src/control-panel/orders/order-fulfilment';
import { LedgerEntry } from '../../../src/control-panel/payments/ledger-entry.entity';
import { PaymentGateway } from '../../../src/control-panel/payments/payment-gateway';
import { Order } from '../../../src/control-panel/sales/order.entity';
import { onServer } from '../../support/database';
import { CARD, DECLINED_CARD, PENDING_CARD } from '../../support/payment-methods';
import { Report } from '../../support/report';
import { Representative } from '../../support/representative';
import { buildOrder, buildProduct, stockShop } from '../../support/shop';
import { useManager, useUser } from '../../support/use-people';
import { useService } from '../../support/use-service';

describe('orders on behalf of a shopper', () => {
  const service = useService();
  const manager = useManager(service);
  const john = useUser(service, manager, 'john@one.example', 'John Doe', ['orders']);
  const representative = new Representative(john);
  const report = new Report(manager);

  beforeAll(async () => {
    await stockShop(manager);
  });

  const lastLine = async () => (await report.lastCsvRow({ activity: 'order.placed' }))!.slice(1).join();

  it('are placed with their invoice and a subscription for each recurring product, and recorded', async () => {
    const request = { ...buildOrder('YEARLY', 'ONCE'), comment: 'Ordered by phone' };
    const body = await representative.placesOrder(request);
    expect(body).toMatchObject({
      reference: expect.stringMatching(/^\d{7}$/),
      status: 'finished',
      total: '119.90',
      currency: 'USD',
      refunded: '0',
      invoiceNumber: 1,
      comment: 'Ordered by phone',
      card: { brand: 'visa', lastFour: '4242', expires: '2031-12' },
      shopper: { name: 'Sara Shopper', email: 'sara@shopper.example', country: 'RO' },
      lines: [
        {
          position: 1,
          productCode: 'YEARLY',
          amount: '100',
          subscriptionReference: expect.stringMatching(/^[A-Z]{4}\d{4}[A-Z]{2}$/),
        },
        { position: 2, productCode: 'ONCE', amount: '19.90', subscriptionReference: null },
      ],
    });
    expect(JSON.stringify(body)).not.toContain(CARD.token);
    const subscription = body.lines[0].subscriptionReference;
    expect(await lastLine()).toBe(
      `John Doe,Place new order,${subscription},${body.reference},119.90,USD,1,Ordered by phone`,
    );
    expect(await representative.seesOrder(body)).toEqual(body);
  });

  it('are charged once, with what the catalog says', async () => {
    const body = await representative.placesOrder(buildOrder('YEN'));
    const stored = service.writeSource.manager;
    const { id } = await stored.findOneByOrFail(Order, { reference: body.reference });
    const entries = await stored.findBy(LedgerEntry, { key: `order:${id}` });
    expect(entries).toMatchObject([{ movement: 'charge', amount: 9800, currency: 'JPY' }]);
    expect(body.total).toBe('9800');
  });

  describe('at a gateway that remembers keys', () => {
    /** Lets the next order fail after its charge with an error of the database, and returns the keys of all charges. */
    const failOnce = (code: string) => {
      const fulfilment = service.app.get(OrderFulfilment, { strict: false });
      jest.spyOn(fulfilment, 'fulfil').mockRejectedValueOnce(Object.assign(new Error(code), { code }));
      const charge = jest.spyOn(service.app.get(PaymentGateway, { strict: false }), 'charge');
      return () => charge.mock.calls.map(([{ key }]) => key);
    };
    afterEach(() => jest.restoreAllMocks());

    it('are not paid by the charge of one that was rolled back', async () => {
      const keys = failOnce(onServer ? 'ECONNRESET' : 'SQLITE_IOERR');
      await john.post('/v1/orders', buildOrder('ONCE')).expect(503);
      await representative.placesOrder(buildOrder('ONCE'));
      expect(new Set(keys()).size).toBe(2);
    });

    it('are charged once, even if the transaction is retried', async () => {
      const keys = failOnce(onServer ? 'ER_LOCK_DEADLOCK' : 'SQLITE_BUSY');
      await representative.placesOrder(buildOrder('ONCE'));
      const [first, ...others] = keys();
      expect(others).toEqual([first]);
    });
  });

  it('wait for a payment that is pending', async () => {
    const request = { ...buildOrder('ONCE'), paymentMethod: PENDING_CARD };
    const body = await representative.placesOrder(request);
    expect(body).toMatchObject({ status: 'pending', invoiceNumber: null });
  });

  it('are listed newest first, by reference, shopper and status, page by page', async () => {
    const other = { ...buildOrder('ONCE'), shopper: { name: 'Omar', email: 'Omar@Shopper.example', country: 'DE' } };
    const placed = await representative.placesOrder(other);
    const list = async (query: Record<string, string | number>) =>
      (await john.get('/v1/orders', query).expect(200)).body.data.map(
        ({ reference }: { reference: string }) => reference,
      );
    expect((await list({}))[0]).toBe(placed.reference);
    expect(await list({ shopperEmail: 'omar@shopper.example' })).toEqual([placed.reference]);
    expect(await list({ reference: placed.reference })).toEqual([placed.reference]);
    expect(await list({ status: 'pending' })).toHaveLength(1);
    const { body: first } = await john.get('/v1/orders', { limit: 3 }).expect(200);
    const { body: second } = await john.get('/v1/orders', { limit: 3, cursor: first.nextCursor }).expect(200);
    expect([...first.data, ...second.data].map(({ reference }) => reference)).toEqual(await list({}));
  });

  describe('with an Idempotency-Key', () => {
    const place = (key: string, request: object) => john.post('/v1/orders', request).set('idempotency-key', key);
    const placedOrders = async () => (await manager.report({ activity: 'order.placed', outcome: 'success' })).length;

    it('are placed once, however often they are sent, also at the same time', async () => {
      const before = await placedOrders();
      const answers = await Promise.all(Array.from({ length: 10 }, () => place('same-key', buildOrder('ONCE'))));
      const statuses = new Set(answers.map(({ status }) => status));
      expect([...statuses].every((status) => status === 201 || status === 409)).toBe(true);
      const { body, headers } = await place('same-key', buildOrder('ONCE')).expect(201);
      expect(headers['idempotent-replayed']).toBe('true');
      for (const answer of answers.filter(({ status }) => status === 201)) expect(answer.body).toEqual(body);
      for (const answer of answers.filter(({ status }) => status === 409))
        expect(answer.body.code).toBe('idempotency_key_in_use');
      expect(await placedOrders()).toBe(before + 1);
    });

    it('are refused with another body', async () => {
      await place('one-body', buildOrder('ONCE')).expect(201);
      const { body } = await place('one-body', buildOrder('MONTHLY')).expect(422);
      expect(body).toMatchObject({ code: 'idempotency_key_reused', errors: [{ field: 'Idempotency-Key' }] });
    });

    it('may be tried again after a failure, because it did nothing', async () => {
      const declined = { ...buildOrder('ONCE'), paymentMethod: DECLINED_CARD };
      await place('declined', declined).expect(422);
      await place('declined', declined)
        .expect(422)
        .expect(({ body }) => {
          expect(body.code).toBe('payment_declined');
        });
    });

    it('are of the user who sent the key', async () => {
      await place('private', buildOrder('ONCE')).expect(201);
      const { headers } = await manager
        .post('/v1/orders', buildOrder('ONCE'))
        .set('idempotency-key', 'private')
        .expect(201);
      expect(headers['idempotent-replayed']).toBeUndefined();
    });
  });

  it.each([
    ['a product that is not there', { ...buildOrder('NOTHING') }, 404, 'product_not_found', '/products/0/productCode'],
    ['two currencies', { ...buildOrder('ONCE', 'YEN') }, 422, 'currency_mismatch', '/products/1/productCode'],
    [
      'a declined card',
      { ...buildOrder('ONCE'), paymentMethod: DECLINED_CARD },
      422,
      'payment_declined',
      '/paymentMethod',
    ],
    ['a total of the client', { ...buildOrder('ONCE'), total: '1' }, 400, 'field_unknown', '/total'],
    ['no products', { ...buildOrder(), products: [] }, 400, 'too_few', '/products'],
    [
      'no piece',
      { ...buildOrder('ONCE'), products: [{ productCode: 'ONCE', quantity: 0 }] },
      400,
      'out_of_range',
      '/products/0/quantity',
    ],
    [
      'half a piece',
      { ...buildOrder('ONCE'), products: [{ productCode: 'ONCE', quantity: 0.5 }] },
      400,
      'not_a_whole_number',
      '/products/0/quantity',
    ],
    ['no shopper', { ...buildOrder('ONCE'), shopper: undefined }, 400, 'required', '/shopper'],
    [
      'no country',
      { ...buildOrder('ONCE'), shopper: { name: 'S', email: 's@s.example', country: 'XX' } },
      400,
      'country_unknown',
      '/shopper/country',
    ],
    [
      'a full card number',
      { ...buildOrder('ONCE'), comment: 'it is 4111 1111 1111 1111' },
      422,
      'card_number_refused',
      '/comment',
    ],
  ])('are refused with %s, and the failure is recorded', async (_, request, status, code, field) => {
    const body = await representative.placesOrder(request, status);
    expect(body).toMatchObject({ code, errors: [{ field }] });
    expect(JSON.stringify(body)).not.toContain('4111 1111');
    expect(await lastLine()).toMatch(/^John Doe,Place new order \(failed\),/);
  });

  it('are of one account alone', async () => {
    const body = await representative.placesOrder();
    const other = await service.newManager('manager@two.example');
    await other.get(`/v1/orders/${body.reference}`).expect(404);
    expect((await other.get('/v1/orders').expect(200)).body.data).toEqual([]);
  });

  it('get references and invoice numbers without a gap, forty at once of which some fail', async () => {
    const merchant = await service.newManager('manager@three.example');
    await stockShop(merchant);
    const good = Array.from({ length: 30 }, () => merchant.post('/v1/orders', buildOrder('ONCE')));
    const declined = { ...buildOrder('ONCE'), paymentMethod: DECLINED_CARD };
    const bad = Array.from({ length: 10 }, () => merchant.post('/v1/orders', declined));
    const answers = await Promise.all([...good, ...bad]);
    const placed = answers.filter(({ status }) => status === 201).map(({ body }) => body);
    expect(placed).toHaveLength(30);
    const inOrder = (numbers: number[]) => numbers.sort((a, b) => a - b);
    expect(inOrder(placed.map(({ invoiceNumber }) => invoiceNumber))).toEqual(
      Array.from({ length: 30 }, (_, n) => n + 1),
    );
    expect(inOrder(placed.map(({ reference }) => Number(reference)))).toEqual(
      Array.from({ length: 30 }, (_, n) => 2_000_001 + n),
    );
  });
});

describe('the catalog', () => {
  const service = useService();
  const manager = useManager(service);

  beforeAll(async () => {
    await stockShop(manager);
  });

  it('lists what was added, with what it is an upgrade of, and records both', async () => {
    const { body } = await manager.get('/v1/products').expect(200);
    expect(body.data[1]).toMatchObject({ code: 'YEARLY', price: '100', upgradeOf: ['MONTHLY'], nonRefundableFee: '0' });
    expect(body.data[2]).toMatchObject({ code: 'ONCE', price: '19.90', nonRefundableFee: '2.40' });
    const [look, added] = await manager.report({ activity: ['product.created', 'page.accessed'] });
    expect(look).toMatchObject({ comment: 'Products' });
    expect(added).toMatchObject({ activity: { label: 'Create product' }, comment: 'YEN: In yen' });
  });

  it.each([
    ['a negative price', { price: '-1' }, 400, 'amount_invalid', '/price'],
    ['three decimals in USD', { price: '1.005' }, 400, 'amount_invalid', '/price'],
    ['decimals in JPY', { price: '1.5', currency: 'JPY' }, 400, 'amount_invalid', '/price'],
    ['an absurd price', { price: '1000000000000000' }, 400, 'amount_invalid', '/price'],
    ['a price as a number', { price: 1 }, 400, 'amount_invalid', '/price'],
    ['an unknown currency', { currency: 'XYZ' }, 400, 'currency_unknown', '/currency'],
    ['a code that is taken', { code: 'ONCE' }, 409, 'product_code_taken', '/code'],
    ['a fee above the price', { nonRefundableFee: '2' }, 422, 'fee_exceeds_price', '/nonRefundableFee'],
    ['an upgrade of nothing', { upgradeOf: ['NOTHING'] }, 404, 'product_not_found', '/upgradeOf/0'],
    ['an upgrade of another currency', { upgradeOf: ['YEN'] }, 422, 'currency_mismatch', '/upgradeOf/0'],
    ['too many months', { billingCycleMonths: 121 }, 400, 'out_of_range', '/billingCycleMonths'],
  ])('refuses %s', async (_, change, status, code, field) => {
    const { body } = await manager.post('/v1/products', buildProduct(change)).expect(status);
    expect(body).toMatchObject({ code, errors: [{ field }] });
  });
});
