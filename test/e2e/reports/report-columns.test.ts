import { csvLines } from '../../support/csv';
import { download, exportPath, sheetRows } from '../../support/exports';
import { REPORT } from '../../support/person';
import { recordFor } from '../../support/records';
import { useManager, useUser } from '../../support/use-people';
import { useService } from '../../support/use-service';

const DAY = { from: '2014-06-10', to: '2014-06-10', order: 'asc' };
const ALL = [
  ...['Date', 'User name', 'Activity', 'Subscription reference', 'Order reference', 'Price/Amount', 'Currency'],
  ...['Billing cycles', 'Comment', 'Id', 'Date (UTC)', 'Activity code', 'User id', 'User email', 'Outcome'],
  ...['Failure code', 'Page', 'IP address', 'User agent', 'Request id', 'Sent by', 'Details'],
];

describe('the columns of an export', () => {
  const service = useService();
  const manager = useManager(service);
  const john = useUser(service, manager, 'john@one.example', 'John Doe', ['orders']);

  beforeAll(async () => {
    const origin = { requestId: 'request-1', ipAddress: '203.0.113.7', userAgent: '=Mozilla/5.0' };
    await recordFor(service, john, [
      {
        at: '2014-06-10T08:46:01.234Z',
        type: 'refund.canceled',
        origin,
        sentBy: '@crm',
        fields: { orderReference: '+1', amount: 1990, currency: 'USD', billingCycles: 1, comment: '-1' },
      },
      {
        at: '2014-06-10T08:46:02Z',
        type: 'refund.requested',
        outcome: 'failure',
        fields: { orderReference: '7', details: { error: 'refund_exceeds_rest' } },
      },
      { at: '2014-06-10T08:46:03Z', fields: { page: '/orders/7', comment: 'Order 7' } },
    ]);
  });

  const lines = async (columns: string) => csvLines((await download(manager, 'csv', { ...DAY, columns })).toString());

  it('are the chosen ones, in the chosen order', async () => {
    expect(await lines('comment,activityCode,amount,failureCode,date')).toEqual([
      ['Comment', 'Activity code', 'Price/Amount', 'Failure code', 'Date'],
      ["'-1", 'refund.canceled', '19.90', '', '2014-06-10 11:46:01'],
      ['', 'refund.requested', '', 'refund_exceeds_rest', '2014-06-10 11:46:02'],
      ['Order 7 (/orders/7)', 'page.accessed', '', '', '2014-06-10 11:46:03'],
    ]);
  });

  it('can be repeated parameters, as some generated clients send lists', async () => {
    const { text } = await manager.get(exportPath('csv'), { ...DAY, columns: ['id', 'page,outcome'] }).expect(200);
    expect(csvLines(text).map((line) => line.slice(1))).toEqual([
      ['Page', 'Outcome'],
      ['', 'success'],
      ['', 'failure'],
      ['/orders/7', 'success'],
    ]);
  });

  it('are all of them, with every text defused', async () => {
    const [first, second] = await manager.report(DAY);
    const all = await lines('all');
    expect(all[0]).toEqual(ALL);
    expect(all[1]).toEqual([
      ...['2014-06-10 11:46:01', 'John Doe', 'Cancel order refund', '', "'+1", '19.90', 'USD', '1', "'-1", first!.id],
      ...['2014-06-10T08:46:01.234Z', 'refund.canceled', john.user.id, 'john@one.example', 'success', '', ''],
      ...['203.0.113.7', "'=Mozilla/5.0", 'request-1', "'@crm", ''],
    ]);
    expect(all[2]!.slice(9)).toEqual([
      ...[second!.id, '2014-06-10T08:46:02.000Z', 'refund.requested', john.user.id, 'john@one.example', 'failure'],
      ...['refund_exceeds_rest', '', '', '', '', '', ''],
    ]);
  });

  it('are the columns of an XLSX file too, where no text is changed', async () => {
    const rows = await sheetRows(await download(manager, 'xlsx', { ...DAY, columns: 'all' }));
    expect(rows[0]).toEqual(ALL);
    expect(rows[1]!.slice(0, 9)).toEqual([
      ...[new Date('2014-06-10T11:46:01Z'), 'John Doe', 'Cancel order refund', null, '+1', 19.9, 'USD', 1, '-1'],
    ]);
    expect(rows[1]!.slice(10, 20)).toEqual([
      ...[new Date('2014-06-10T08:46:01.234Z'), 'refund.canceled', john.user.id, 'john@one.example', 'success'],
      ...[null, null, '203.0.113.7', '=Mozilla/5.0', 'request-1'],
    ]);
    expect(rows[3]!.slice(8, 9)).toEqual(['Order 7 (/orders/7)']);
  });

  it.each<[string, string, string]>([
    ['colour', 'column_unknown', 'columns has the unknown column "colour". Send all alone, or some of date, userName,'],
    ['date,', 'column_unknown', 'columns has the unknown column "".'],
    ['', 'column_unknown', 'columns has the unknown column "".'],
    ['Date', 'column_unknown', 'columns has the unknown column "Date".'],
    ['date, comment', 'column_unknown', 'columns has the unknown column " comment".'],
    ['all,date', 'column_unknown', 'columns has the unknown column "all".'],
    ['__proto__', 'column_unknown', 'columns has the unknown column "__proto__".'],
    ['x'.repeat(100), 'column_unknown', `columns has the unknown column "${'x'.repeat(40)}".`],
    ['date,comment,date', 'column_repeated', 'columns has the column date more than once.'],
  ])('are refused if wrong: %s', async (columns, code, message) => {
    for (const path of [exportPath('csv'), exportPath('xlsx'), `${REPORT}?format=csv`]) {
      const { body } = await manager.get(`${path}${path.includes('?') ? '&' : '?'}columns=${columns}`).expect(400);
      expect(body.errors).toEqual([{ field: 'columns', code, message: expect.stringContaining(message) as string }]);
    }
  });

  it('are refused where a format has none', async () => {
    const json = await manager.get(REPORT, { columns: 'date' }).expect(400);
    expect(json.body).toMatchObject({ code: 'not_with_json', errors: [{ field: 'columns' }] });
    const ndjson = await manager.get(REPORT, { columns: 'date', format: 'ndjson' }).expect(400);
    expect(ndjson.body).toMatchObject({ code: 'not_with_ndjson', errors: [{ field: 'columns' }] });
    const unknown = await manager.get(exportPath('ndjson'), { columns: 'date' }).expect(400);
    expect(unknown.body.errors).toMatchObject([{ field: 'columns', code: 'field_unknown' }]);
  });
});
