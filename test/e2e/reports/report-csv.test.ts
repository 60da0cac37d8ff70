import { csvLines } from '../../support/csv';
import { REPORT } from '../../support/person';
import { recordFor, type RecordFields } from '../../support/records';
import { useManager, useUser } from '../../support/use-people';
import { useService } from '../../support/use-service';

const HEADER =
  'Date,User name,Activity,Subscription reference,Order reference,Price/Amount,Currency,Billing cycles,Comment';
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const DAY = { from: '2014-06-10', to: '2014-06-10' };

describe('the report as CSV', () => {
  const service = useService();
  const manager = useManager(service);
  const john = useUser(service, manager, 'john@one.example', 'John Doe', ['orders']);

  /** A day of John's, each activity a second after the one before, beginning 2014-06-10 11:46:01 in Bucharest. */
  const johnsDay = (day: string, activities: readonly Omit<RecordFields, 'at'>[]) =>
    recordFor(
      service,
      john,
      activities.map((told, index) => ({ ...told, at: new Date(Date.parse(`${day}T08:46:01Z`) + index * 1000) })),
    );

  it('is exactly this', async () => {
    const fields = { subscriptionReference: 'ABCD123', orderReference: '1234567', billingCycles: 1 };
    const usd = (amount: number, comment: string) => ({
      type: 'refund.canceled' as const,
      fields: { ...fields, amount, currency: 'USD', comment },
    });
    await johnsDay('2014-06-10', [
      usd(5000, 'Customer request'),
      usd(1990, 'comma, quote " and\nnewline'),
      usd(-500, '=HYPERLINK("http://evil.example")'),
      usd(-1, '-1'),
      { type: 'order.placed', fields: { orderReference: '+1', amount: 1500, currency: 'JPY' } },
      { type: 'order.placed', fields: { orderReference: '2', amount: 1500, currency: 'KWD', comment: '' } },
      { type: 'order.placed', fields: { orderReference: '3', amount: 0, currency: 'EUR', comment: 'Ștefan 😀 日本' } },
      { type: 'order.placed', fields: { orderReference: '4', amount: 10 ** 15, currency: 'USD' } },
      { type: 'refund.requested', outcome: 'failure', fields: { orderReference: '5' } },
      { type: 'credit_card.changed', outcome: 'denied', fields: { subscriptionReference: '@SUM(A1)' } },
      usd(-2, "x;=cmd|'/C calc'!A0;"),
      usd(1, 'first line\n-5\t+1; "=1+1"'),
      { actor: { ...john.user, accountId: john.user.account.id, userId: null, userName: '=Robot', userEmail: null } },
      { fields: { page: '/orders/2000001', comment: 'Order 2000001' } },
      { outcome: 'denied', fields: { page: '/orders,1', comment: '=Orders' } },
    ]);
    expect(await manager.csv({ ...DAY, order: 'asc' })).toBe(
      [
        HEADER,
        '2014-06-10 11:46:01,John Doe,Cancel order refund,ABCD123,1234567,50,USD,1,Customer request',
        '2014-06-10 11:46:02,John Doe,Cancel order refund,ABCD123,1234567,19.90,USD,1,"comma, quote "" and\nnewline"',
        `2014-06-10 11:46:03,John Doe,Cancel order refund,ABCD123,1234567,-5,USD,1,"'=HYPERLINK(""http://evil.example"")"`,
        `2014-06-10 11:46:04,John Doe,Cancel order refund,ABCD123,1234567,-0.01,USD,1,'-1`,
        `2014-06-10 11:46:05,John Doe,Place new order,,'+1,1500,JPY,,`,
        '2014-06-10 11:46:06,John Doe,Place new order,,2,1.500,KWD,,',
        '2014-06-10 11:46:07,John Doe,Place new order,,3,0,EUR,,Ștefan 😀 日本',
        '2014-06-10 11:46:08,John Doe,Place new order,,4,10000000000000,USD,,',
        '2014-06-10 11:46:09,John Doe,Request order refund (failed),,5,,,,',
        `2014-06-10 11:46:10,John Doe,Change credit card information (denied),'@SUM(A1),,,,,`,
        `2014-06-10 11:46:11,John Doe,Cancel order refund,ABCD123,1234567,-0.02,USD,1,"x;'=cmd|'/C calc'!A0;"`,
        `2014-06-10 11:46:12,John Doe,Cancel order refund,ABCD123,1234567,0.01,USD,1,"first line\n'-5\t'+1;' ""=1+1"""`,
        `2014-06-10 11:46:13,'=Robot,Accessed page,,,,,,Dashboard`,
        `2014-06-10 11:46:14,John Doe,Accessed page,,,,,,Order 2000001 (/orders/2000001)`,
        `2014-06-10 11:46:15,John Doe,Accessed page (denied),,,,,,"'=Orders (/orders,1)"`,
        '',
      ].join('\r\n'),
    );
  });

  it.each(['asc', 'desc'])('has the rows of the JSON in the same order: %s', async (order) => {
    const types = ['page.accessed', 'user.login', 'invoice.sent'] as const;
    const activities = Array.from({ length: 40 }, (_, index) => ({
      type: types[index % 3]!,
      outcome: index % 5 ? ('success' as const) : ('failure' as const),
      fields: { orderReference: String(index), comment: `number ${index}` },
    }));
    const day = order === 'asc' ? '2015-06-10' : '2015-06-11';
    await johnsDay(day, activities);
    const filter = { from: day, to: day, order, activity: ['user.login', 'invoice.sent'], outcome: 'success' };
    const rows = await manager.walk({ ...filter, limit: 7 });
    const [, ...lines] = csvLines(await manager.csv(filter));
    expect(rows.length).toBe(activities.filter((_, index) => index % 3 && index % 5).length);
    expect(lines).toEqual(
      rows.map((row) => [
        row.occurredAt.slice(0, 19).replace('T', ' '),
        row.user.name,
        row.activity.label,
        '',
        row.orderReference,
        '',
        '',
        '',
        row.comment,
      ]),
    );
  });

  it('is the header alone where there is nothing', async () => {
    const empty = { from: '2001-01-01', to: '2001-01-31' };
    expect(await manager.csv(empty)).toBe(`${HEADER}\r\n`);
    expect(await manager.csv({ ...empty, order: 'asc' })).toBe(`${HEADER}\r\n`);
  });

  it('begins with a byte order mark where one is asked for', async () => {
    const bytes = async (query: object) => {
      const { body } = await manager.get(REPORT, { ...DAY, ...query, format: 'csv' }).responseType('blob');
      return body as Buffer;
    };
    const plain = await bytes({});
    expect(await bytes({ bom: true })).toEqual(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), plain]));
    expect(await bytes({ bom: false })).toEqual(plain);
    expect(plain.toString('utf8')).toContain('Ștefan 😀 日本');
  });

  it.each([
    ["the account's zone", {}, 'Europe/Bucharest', '2014-06-10 11:46:01'],
    ['the zone of the request', { timeZone: 'America/New_York' }, 'America/New_York', '2014-06-10 04:46:01'],
  ])('names its type, its file and %s', async (_, query, zone, firstTime) => {
    const answer = await manager.get(REPORT, { ...DAY, ...query, format: 'csv', order: 'asc' }).expect(200);
    expect(answer.headers).toMatchObject({
      'content-type': expect.stringMatching(/^text\/csv; charset=utf-8/) as string,
      'content-disposition': 'attachment; filename="users-activity_2014-06-10_2014-06-10.csv"',
      'report-time-zone': zone,
    });
    expect(csvLines(answer.text)[1]?.[0]).toBe(firstTime);
  });

  it('names the last day of an interval in its file, although the interval ends with the first moment after it', async () => {
    const { headers } = await manager.get(REPORT, { from: '2026-03-01', to: '2026-03-31', format: 'csv' }).expect(200);
    expect(headers['content-disposition']).toContain('users-activity_2026-03-01_2026-03-31.csv');
  });

  it.each([
    ['text/csv', undefined, 'text/csv'],
    ['text/*', undefined, 'text/csv'],
    ['text/csv, application/json;q=0.5', undefined, 'text/csv'],
    ['text/csv;q=0.5, application/json', undefined, 'application/json'],
    ['*/*', undefined, 'application/json'],
    ['application/*', undefined, 'application/json'],
    ['text/html, */*;q=0.1', undefined, 'application/json'],
    ['application/json', 'csv', 'text/csv'],
    ['image/png', 'csv', 'text/csv'],
    ['text/csv', 'json', 'application/json'],
    ['text/csv; charset=utf-8', undefined, 'text/csv'],
    ['application/json;charset=UTF-8', undefined, 'application/json'],
    ['application/x-ndjson', undefined, 'application/x-ndjson'],
    ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', undefined, XLSX],
    ['*/*', 'ndjson', 'application/x-ndjson'],
    ['*/*', 'xlsx', XLSX],
  ])('comes to who accepts %s with the format %s as %s', async (accept, format, type) => {
    const answer = await manager.get(REPORT, { ...DAY, ...(format && { format }) }).set('accept', accept);
    expect([answer.status, answer.headers['content-type']?.split(';')[0]]).toEqual([200, type]);
    expect(answer.headers.vary).toMatch(/accept/i);
  });

  it('comes as nothing else', async () => {
    const { body, headers } = await manager.get(REPORT, DAY).set('accept', 'image/png').expect(406);
    expect(headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(body).toMatchObject({ code: 'not_acceptable', errors: [{ field: 'Accept' }] });
  });
});
