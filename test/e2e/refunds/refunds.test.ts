import { insertOrder, type LineFields, type OrderFields } from '../../support/inserted-orders';
import { Report } from '../../support/report';
import { Representative } from '../../support/representative';
import { useManager, useUser } from '../../support/use-people';
import { useService } from '../../support/use-service';

describe('a refund', () => {
  const service = useService();
  const manager = useManager(service);
  const john = useUser(service, manager, 'john@one.example', 'John Doe', ['refunds']);
  const representative = new Representative(john);
  const report = new Report(manager, john);

  afterEach(() => jest.restoreAllMocks());

  const newOrder = (lines: LineFields[], more: Partial<OrderFields> = {}) =>
    insertOrder(service, manager, { lines, ...more });

  it('that is requested in full shows in all nine columns what goes back to the shopper', async () => {
    const reference = await newOrder([{ unitPrice: 11_900, fee: 950, subscriptionReference: 'ABCD1234EF' }]);
    service.setTime('2026-06-10T08:46:01Z');
    const body = await representative.requestsRefund(reference, { comment: 'Customer request, by phone' });
    jest.restoreAllMocks();
    expect(body).toEqual({
      id: expect.any(String),
      orderReference: reference,
      status: 'requested',
      requestedAmount: '119',
      fee: '9.50',
      amount: '109.50',
      currency: 'USD',
      lines: [{ position: 1, quantity: 1 }],
      reason: 'shopper_request',
      comment: 'Customer request, by phone',
      requestedAt: '2026-06-10T11:46:01.000+03:00',
      processAt: '2026-06-10T12:16:01.000+03:00',
    });
    expect(await report.lastCsvRow({ from: '2026-06-10', to: '2026-06-10' })).toEqual([
      '2026-06-10 11:46:01',
      'John Doe',
      'Request order refund',
      'ABCD1234EF',
      reference,
      '109.50',
      'USD',
      '1',
      'Customer request, by phone',
    ]);
  });

  it('that is canceled shows in all nine columns what does not go back to the shopper', async () => {
    const reference = await newOrder([{ unitPrice: 5000, subscriptionReference: 'WXYZ1234EF' }]);
    await representative.requestsRefund(reference);
    service.setTime('2026-06-11T08:46:01Z');
    const cancel = { comment: 'Keeps it' };
    const body = await representative.cancelsRefund(reference, cancel);
    jest.restoreAllMocks();
    expect(body).toMatchObject({ status: 'canceled', amount: '50', comment: null });
    expect(await report.lastCsvRow({ from: '2026-06-11', to: '2026-06-11' })).toEqual([
      '2026-06-11 11:46:01',
      'John Doe',
      'Cancel order refund',
      'WXYZ1234EF',
      reference,
      '50',
      'USD',
      '1',
      'Keeps it',
    ]);
  });

  const withFees = [
    { unitPrice: 1000, quantity: 3, fee: 100 },
    { unitPrice: 7000, fee: 900 },
  ];
  const uneven = [{ unitPrice: 10_000, fee: 6000 }, { unitPrice: 20_000 }];
  const steep = [
    { unitPrice: 10_000, fee: 5000 },
    { unitPrice: 1000, quantity: 10 },
  ];
  it.each([
    ['in full', withFees, [{}], ['90']],
    ['by line, piece by piece', withFees, [pieces(1, 1), pieces(1, 1), pieces(1, 1)], ['9.67', '9.67', '9.66']],
    ['by line, whole lines', withFees, [pieces(1, 3), pieces(2, 1)], ['29', '61']],
    ['of two lines at once', withFees, [{ lines: [...pieces(2, 1).lines, ...pieces(1, 2).lines] }], ['80.34']],
    ['by amount, the fee in proportion', withFees, [{ amount: '50' }, { amount: '49.99' }, {}], ['45', '45', '0']],
    ['by amount, then in full', withFees, [{ amount: '33.33' }, {}], ['30', '60']],
    ['by line, then in full', withFees, [pieces(1, 1), {}], ['9.67', '80.33']],
    ['by amount and by line', withFees, [{ amount: '30' }, pieces(2, 1)], ['27', '63']],
    [
      'by amount, then a line with more fee than is left',
      uneven,
      [{ amount: '150' }, pieces(1, 1), {}],
      ['120', '70', '50'],
    ],
    ['by amount and by lines without fee', steep, [{ amount: '150' }, pieces(2, 4), {}], ['112.50', '40', '0']],
    ['of nothing but a fee', [{ unitPrice: 500, fee: 500 }], [{}], ['0']],
    ['of a product without a fee', [{ unitPrice: 500 }], [{ amount: '0.01' }, {}], ['0.01', '4.99']],
  ])('%s keeps back the fees, never more than all of them nor than it takes', async (_, lines, requests, shown) => {
    const reference = await newOrder(lines);
    const amounts: unknown[] = [];
    for (const body of requests) {
      expect((await representative.requestsRefund(reference, body)).amount).toBe(shown[amounts.length]);
      amounts.push((await report.lastRow()).amount);
      expect((await report.lastCsvRow())![5]).toBe(shown[amounts.length - 1]);
    }
    expect(amounts).toEqual(shown);
  });

  it('keeps back no more than all fees after refunds were canceled and requested again', async () => {
    const reference = await newOrder([{ unitPrice: 1000, quantity: 3, fee: 100 }]);
    const first = await representative.requestsRefund(reference, pieces(1, 1));
    await representative.requestsRefund(reference, pieces(1, 2));
    await representative.cancelsRefund(reference, { refundId: first.id });
    await representative.requestsRefund(reference, pieces(1, 1));
    const refunds = await representative.seesRefunds(reference);
    const open = refunds.filter(({ status }) => status === 'requested');
    const kept = open.map(({ fee }) => Math.round(Number(fee) * 100));
    expect(kept.reduce((sum, fee) => sum + fee, 0)).toBe(100);
  });

  it('names the subscription of the lines in question only where it is one', async () => {
    const lines = ['AAAA1111AA', 'BBBB2222BB'].map((subscriptionReference) => ({
      unitPrice: 1000,
      subscriptionReference,
    }));
    const reference = await newOrder([...lines, { unitPrice: 300 }]);
    const subscriptionOf = async (body: object) => {
      await representative.requestsRefund(reference, body);
      const { subscriptionReference, billingCycles } = await report.lastRow();
      return [subscriptionReference, billingCycles];
    };
    expect(await subscriptionOf({ amount: '1' })).toEqual([null, null]);
    expect(await subscriptionOf(pieces(3, 1))).toEqual([null, null]);
    expect(await subscriptionOf(pieces(1, 1))).toEqual(['AAAA1111AA', 1]);
    expect(await subscriptionOf({})).toEqual(['BBBB2222BB', 1]);
  });

  it.each([
    ['an amount', { amount: '10.01' }, '/amount', /10 USD/],
    ['an amount far beyond', { amount: '10000000000' }, '/amount', /10 USD/],
    ['a line', pieces(2, 1), '/lines', /10 USD/],
    ['more pieces than the line has left', pieces(1, 2), '/lines/0/quantity', /1 unit/],
  ])('of more than is left is refused, and says what is left: %s', async (_, body, field, left) => {
    const reference = await newOrder([{ unitPrice: 1000, quantity: 2 }, { unitPrice: 2000 }]);
    await representative.requestsRefund(reference, pieces(1, 1));
    await representative.requestsRefund(reference, { amount: '20' });
    const refused = await representative.requestsRefund(reference, { ...body, comment: 'Too much' }, 422);
    expect(refused).toMatchObject({ code: 'refund_exceeds_rest', errors: [{ field }] });
    expect(refused.detail).toMatch(left);
    expect(await report.lastRow()).toMatchObject({
      activity: { code: 'refund.requested' },
      outcome: 'failure',
      orderReference: reference,
      amount: null,
      comment: 'Too much',
    });
    await representative.requestsRefund(reference, { amount: '10' });
  });

  it.each([
    ['a negative amount', 'USD', { amount: '-1' }, 'amount_invalid'],
    ['an amount of nothing', 'USD', { amount: '0.00' }, 'amount_invalid'],
    ['no amount at all', 'USD', { amount: null }, 'amount_invalid'],
    ['a number', 'USD', { amount: 5 }, 'amount_invalid'],
    ['three decimals in USD', 'USD', { amount: '1.001' }, 'amount_invalid'],
    ['two decimals in JPY', 'JPY', { amount: '1.01' }, 'amount_invalid'],
    ['10^15', 'USD', { amount: '1000000000000000' }, 'amount_invalid'],
    ['10^13 minor units', 'USD', { amount: '100000000000' }, 'amount_invalid'],
    ['an exponent', 'USD', { amount: '1e3' }, 'amount_invalid'],
    ['both an amount and lines', 'USD', { amount: '1', ...pieces(1, 1) }, 'amount_or_lines'],
    ['no lines', 'USD', { lines: [] }, 'too_few'],
    ['lines of nothing', 'USD', { lines: null }, 'not_a_list'],
    ['no piece', 'USD', pieces(1, 0), 'out_of_range'],
    ['minus one piece', 'USD', pieces(1, -1), 'out_of_range'],
    ['half a piece', 'USD', pieces(1, 0.5), 'not_a_whole_number'],
    ['10^15 pieces', 'USD', pieces(1, 1e15), 'out_of_range'],
    ['a line twice', 'USD', { lines: [...pieces(1, 1).lines, ...pieces(1, 1).lines] }, 'repeated_value'],
    ['a line that is none', 'USD', { lines: [null] }, undefined],
    ['an unknown reason', 'USD', { reason: 'because' }, 'value_unknown'],
    ['no reason', 'USD', { reason: undefined }, 'required'],
    ['an unknown field', 'USD', { fee: '0' }, 'field_unknown'],
    ['a comment too long', 'USD', { comment: 'x'.repeat(2001) }, 'length_out_of_range'],
  ])('with %s is refused, and the failure recorded', async (_, currency, body, code) => {
    const reference = await newOrder([{ unitPrice: 1000, quantity: 5 }], { currency });
    const refused = await representative.requestsRefund(reference, body, 400);
    if (code !== undefined) expect(refused.code).toBe(code);
    expect(await report.lastRow()).toMatchObject({ outcome: 'failure', orderReference: reference, amount: null });
    expect(await representative.seesRefunds(reference)).toEqual([]);
  });

  it('of yen and of dinars counts the minor units that they have', async () => {
    const yen = await newOrder([{ unitPrice: 9800, fee: 100 }], { currency: 'JPY' });
    expect(await representative.requestsRefund(yen, { amount: '4900' })).toMatchObject({
      amount: '4850',
      currency: 'JPY',
    });
    const dinars = await newOrder([{ unitPrice: 10_500 }], { currency: 'KWD' });
    expect(await representative.requestsRefund(dinars, { amount: '0.125' })).toMatchObject({ amount: '0.125' });
  });

  it('of a very large order keeps back exactly its share of the fee', async () => {
    const reference = await newOrder([{ unitPrice: 999_999_872_832, fee: 428_545_186_864 }]);
    const body = await representative.requestsRefund(reference, { amount: '9935825634.92' });
    expect(body).toMatchObject({ fee: '4257950794.83', amount: '5677874840.09' });
  });
});

function pieces(position: number, quantity: number) {
  return { lines: [{ position, quantity }] };
}
