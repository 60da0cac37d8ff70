import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import type { Server } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { Config } from '../../../src/config/config';
import { ExportPool } from '../../../src/reports/users-activity/exports/export-pool';
import { SheetLimit } from '../../../src/reports/users-activity/exports/sheet-limit';
import { csvLines } from '../../support/csv';
import {
  download,
  EXPORT_FORMATS,
  exportPath,
  ndjsonRows,
  sheetRows,
  workbookParts,
  type ExportFormat,
} from '../../support/exports';
import { untilSequenced } from '../../support/ledger';
import { REPORT, showTimes } from '../../support/person';
import { recordFor } from '../../support/records';
import { useManager, useUser } from '../../support/use-people';
import { useService } from '../../support/use-service';

const TYPES: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv; charset=utf-8; header=present',
  ndjson: 'application/x-ndjson; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};
const DAY = { from: '2014-06-10', to: '2014-06-10', order: 'asc' };
const EMPTY = { from: '2001-01-01', to: '2001-01-31' };
const HEADINGS = [
  ...['Date', 'User name', 'Activity', 'Subscription reference', 'Order reference', 'Price/Amount', 'Currency'],
  ...['Billing cycles', 'Comment'],
];

describe('the exports of the report', () => {
  const service = useService({ EXPORTS_PER_ACCOUNT: '1' });
  const manager = useManager(service);
  const john = useUser(service, manager, 'john@one.example', 'John Doe', ['orders']);

  beforeAll(async () => {
    const placed = (second: number, fields: object) => ({
      at: new Date(Date.parse('2014-06-10T08:46:00Z') + second * 1000),
      type: 'order.placed' as const,
      fields: { orderReference: String(second), ...fields },
    });
    await recordFor(service, john, [
      placed(1, { amount: 1990, currency: 'USD', comment: '=1+1;=2+2' }),
      placed(2, { amount: 1500, currency: 'JPY', comment: 'a < b & c > d "e" _x0041_ \r\n\ttab ' }),
      placed(3, { amount: -1234, currency: 'KWD', billingCycles: 12, comment: 'Ștefan 😀 日本' }),
    ]);
    await untilSequenced(service);
  });
  afterEach(() => jest.restoreAllMocks());
  /** Sends a request, and returns the bytes of its response as they come over the wire. */
  const fetchRaw = async (path: string, headers: Record<string, string> = {}) => {
    const request = get(service.url + path, { headers: { authorization: `Bearer ${manager.token!}`, ...headers } });
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk as Buffer);
    return { response, bytes: Buffer.concat(chunks) };
  };

  it.each(EXPORT_FORMATS)('have a media type, a file name and the time zone: %s', async (format) => {
    const { headers } = await manager.get(exportPath(format), { ...DAY, timeZone: 'Asia/Tokyo' }).expect(200);
    expect(headers).toMatchObject({
      'content-type': TYPES[format],
      'content-disposition': `attachment; filename="users-activity_2014-06-10_2014-06-10.${format}"`,
      'report-time-zone': 'Asia/Tokyo',
    });
    expect(headers.vary).toBe(format === 'xlsx' ? undefined : 'Accept-Encoding');
  });

  it.each(EXPORT_FORMATS)('are the same with format and Accept on the path of the report: %s', async (format) => {
    const own = await download(manager, format, DAY);
    const [accept] = TYPES[format].split(';') as [string];
    const byFormat = await manager
      .get(REPORT, { ...DAY, format })
      .responseType('blob')
      .expect(200);
    const byAccept = await manager.get(REPORT, DAY).set('accept', accept).responseType('blob').expect(200);
    for (const { body, headers } of [byFormat, byAccept]) {
      expect(headers['content-type']).toBe(TYPES[format]);
      expect(headers['content-disposition']).toContain(`.${format}"`);
      if (format === 'xlsx') expect(workbookParts(body as Buffer)).toEqual(workbookParts(own));
      else expect(body).toEqual(own);
    }
  });

  it.each(EXPORT_FORMATS)('are recorded: %s', async (format) => {
    await download(manager, format, DAY);
    const [row] = await manager.report({ activity: 'report.exported', limit: 1 });
    expect(row).toMatchObject({ outcome: 'success', user: { id: manager.user.id } });
    expect(row!.comment).toContain('2014-06-10 00:00:00 to 2014-06-11 00:00:00 Europe/Bucharest');
  });

  it.each(['csv', 'ndjson'] as const)('are compressed with gzip if the client accepts it: %s', async (format) => {
    const plain = await fetchRaw(`${exportPath(format)}?from=2014-06-10&to=2014-06-10`);
    expect(plain.response.headers).not.toHaveProperty('content-encoding');
    const { response, bytes } = await fetchRaw(`${exportPath(format)}?from=2014-06-10&to=2014-06-10`, {
      'accept-encoding': 'gzip',
    });
    expect(response.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(bytes)).toEqual(plain.bytes);
    const empty = await fetchRaw(`${exportPath(format)}?from=2001-01-01&to=2001-01-01`, { 'accept-encoding': 'gzip' });
    expect(gunzipSync(empty.bytes).toString()).toBe(format === 'csv' ? `${HEADINGS.join(',')}\r\n` : '');
  });

  it('are compressed once as XLSX', async () => {
    const { response } = await fetchRaw(exportPath('xlsx'), { 'accept-encoding': 'gzip' });
    expect(response.headers).not.toHaveProperty('content-encoding');
  });

  it('are the rows of the JSON report as NDJSON, which is not defused', async () => {
    const { body } = await manager.get(REPORT, DAY).expect(200);
    const text = (await download(manager, 'ndjson', DAY)).toString();
    expect(text).toBe((body.data as object[]).map((row) => `${JSON.stringify(row)}\n`).join(''));
    expect(text).toContain('"=1+1;=2+2"');
  });

  it('have real times and numbers as XLSX, and texts as they are', async () => {
    const rows = await sheetRows(await download(manager, 'xlsx', DAY));
    const at = (second: number) => new Date(`2014-06-10T11:46:0${second}Z`);
    const order = ['John Doe', 'Place new order', null];
    expect(rows).toEqual([
      HEADINGS,
      [at(1), ...order, '1', 19.9, 'USD', null, '=1+1;=2+2'],
      [at(2), ...order, '2', 1500, 'JPY', null, 'a < b & c > d "e" _x0041_ \r\n\ttab '],
      [at(3), ...order, '3', -1.234, 'KWD', 12, 'Ștefan 😀 日本'],
    ]);
  });

  it('are a workbook with a frozen bold heading, and formats of times and amounts', async () => {
    const parts = workbookParts(await download(manager, 'xlsx', DAY));
    expect(Object.keys(parts).sort()).toEqual([
      '[Content_Types].xml',
      '_rels/.rels',
      'xl/_rels/workbook.xml.rels',
      'xl/styles.xml',
      'xl/workbook.xml',
      'xl/worksheets/sheet1.xml',
    ]);
    const sheet = parts['xl/worksheets/sheet1.xml']!;
    expect(sheet).toContain('<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>');
    expect(sheet).toContain('<c r="A1" s="1" t="inlineStr"><is><t>Date</t></is></c>');
    expect(sheet).toMatch(/<c r="A2" s="2"><v>41800\.49/);
    expect(sheet).toContain('<c r="F2" s="6"><v>19.90</v></c>');
    expect(sheet).toContain('<c r="F3" s="4"><v>1500</v></c>');
    expect(sheet).toContain('<c r="F4" s="7"><v>-1.234</v></c>');
    expect(sheet).toContain('<cols><col min="1" max="1" width="20" customWidth="1"/>');
    expect(parts['xl/styles.xml']).toContain('formatCode="yyyy-mm-dd hh:mm:ss"');
  });

  it('are empty where there is nothing', async () => {
    for (const order of ['asc', 'desc']) {
      expect((await download(manager, 'csv', { ...EMPTY, order })).toString()).toBe(`${HEADINGS.join(',')}\r\n`);
      expect(await download(manager, 'ndjson', { ...EMPTY, order })).toHaveLength(0);
      expect(await sheetRows(await download(manager, 'xlsx', { ...EMPTY, order }))).toEqual([HEADINGS]);
    }
  });

  it('begin with a byte order mark only as CSV', async () => {
    const plain = await download(manager, 'csv', DAY);
    expect(await download(manager, 'csv', { ...DAY, bom: true })).toEqual(
      Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), plain]),
    );
    for (const format of ['ndjson', 'xlsx'] as const) {
      const { body } = await manager.get(exportPath(format), { bom: true }).expect(400);
      expect(body.errors).toMatchObject([{ field: 'bom', code: 'field_unknown' }]);
    }
  });

  it.each(EXPORT_FORMATS)('have no pages: %s', async (format) => {
    for (const [name, value] of [
      ['limit', '10'],
      ['cursor', 'x'],
      ['format', 'csv'],
    ] as const) {
      const { body } = await manager.get(exportPath(format), { [name]: value }).expect(400);
      expect(body.errors).toMatchObject([{ field: name, code: 'field_unknown' }]);
      if (name === 'format') continue;
      const shared = await manager.get(REPORT, { [name]: value, format }).expect(400);
      expect(shared.body).toMatchObject({ code: `not_with_${format}`, errors: [{ field: name }] });
    }
  });

  it.each(EXPORT_FORMATS)('refuse a wrong filter like the report: %s', async (format) => {
    const refusals: [object, number, string][] = [
      [{ activity: 'refund.stolen' }, 400, 'activity_unknown'],
      [{ activityGroup: 'Nothing' }, 400, 'activity_group_unknown'],
      [{ amountFrom: '2', amountTo: '1', currency: 'USD' }, 400, 'amount_range_reversed'],
      [{ amountFrom: '2' }, 400, 'required'],
      [{ interval: 'today', from: '2026-02-03' }, 400, 'interval_ambiguous'],
      [{ from: '2026-02-04', to: '2026-02-03' }, 400, 'interval_reversed'],
      [{ from: '2026-02-30' }, 400, 'date_invalid'],
      [{ from: '2026-03-29T03:30' }, 400, 'local_time_nonexistent'],
      [{ from: '2025-10-26T03:30' }, 400, 'local_time_ambiguous'],
      [{ userId: '01KAM9W3M8Q6XK2T1N9B7C5D4E' }, 404, 'user_not_found'],
    ];
    for (const [query, status, code] of refusals) {
      const { body } = await manager.get(exportPath(format), { ...query }).expect(status);
      expect(body.code).toBe(code);
    }
  });

  it.each(EXPORT_FORMATS)('are so many at once as an account can have, whatever their formats: %s', async (format) => {
    const limit = jest.replaceProperty(service.app.get(Config), 'EXPORTS_PER_ACCOUNT', 0);
    for (const query of [exportPath(format), `${REPORT}?format=${format}`]) {
      const { body } = await manager.get(query).expect(429);
      expect(body.code).toBe('too_many_exports');
    }
    limit.restore();
    await download(manager, format, EMPTY);
  });

  it('are refused as XLSX before the first byte, if there are more rows than a sheet can have', async () => {
    const all = { from: '2014-01-01', to: '2014-12-31' };
    const limit = service.app.get(SheetLimit);
    for (const [maxRows, query, status] of [
      [3, all, 200],
      [2, all, 422],
      [2, { ...all, activity: 'order.placed' }, 422],
      [2, { ...all, activity: 'user.login' }, 200],
      [2, { ...all, userId: john.user.id, order: 'asc' }, 422],
      [2, { ...all, userId: manager.user.id }, 200],
      [1, { ...all, outcome: ['success', 'failure'] }, 422],
      [0, all, 422],
      [0, EMPTY, 200],
    ] as const) {
      const replaced = jest.replaceProperty(limit, 'maxRows', maxRows);
      for (const answer of [
        await manager.get(exportPath('xlsx'), query),
        await manager.get(REPORT, { ...query, format: 'xlsx' }),
      ]) {
        expect([answer.status, answer.status === 422 ? answer.body.code : undefined]).toEqual([
          status,
          status === 422 ? 'too_many_rows' : undefined,
        ]);
      }
      replaced.restore();
    }
    expect(csvLines((await download(manager, 'csv', all)).toString())).toHaveLength(4);
    const [refused] = await manager.report({ activity: 'report.exported', outcome: 'failure', limit: 1 });
    expect(refused).toBeDefined();
  });

  const pathsOfXlsx = [`${exportPath('xlsx')}?`, `${REPORT}?format=xlsx&`];
  it.each(pathsOfXlsx.flatMap((path) => ['all', 'matching'].map((counted) => [path, counted])))(
    'count no more rows for an XLSX file when its client has left: %s while it counts %s rows',
    async (path, counted) => {
      const lastExport = async () => (await manager.report({ activity: 'report.exported', limit: 1 }))[0];
      const earlier = await lastExport();
      jest.replaceProperty(service.app.get(SheetLimit), 'maxRows', 2);
      const connected = once(service.app.getHttpServer() as Server, 'connection');
      const query = `from=2014-01-01&to=2014-12-31&userId=${john.user.id}&columns=all`;
      const headers = { authorization: `Bearer ${manager.token!}` };
      const request = get(service.url + path + query, { headers, agent: false });
      const [failed, [socket]] = [once(request, 'error'), await connected];
      const leave = async () => {
        request.destroy();
        await once(socket, 'close');
        await setImmediate();
      };
      const finding = jest.spyOn(service.app.get(ExportPool), 'findRowAt');
      const counting = jest.spyOn(service.app.get(ExportPool), 'countBatch');
      if (counted === 'all') finding.mockImplementationOnce(() => leave().then(() => '0'.repeat(26)));
      else counting.mockImplementationOnce(() => leave().then(() => ({ count: 0, next: {} })));
      await failed;
      while ((await lastExport())?.id === earlier?.id) await setImmediate();
      expect(await lastExport()).toMatchObject({ outcome: 'failure', failureCode: 'client_left' });
      expect(counted === 'all' ? finding : counting).toHaveBeenCalledTimes(1);
      for (const [{ filter }] of counting.mock.calls) expect(filter).not.toHaveProperty('moreColumns');
    },
  );

  it('have no other neighbours', async () => {
    for (const path of [`${REPORT}.pdf`, `${REPORT}.`, `${REPORT}.csv/`, `${REPORT}xcsv`, `${REPORT}.CSV`]) {
      const { body } = await manager.get(path).expect(404);
      expect(body.code).toBe('route_not_found');
    }
    const { headers } = await manager.post(exportPath('csv'), {}).expect(405);
    expect(headers.allow).toBe('GET, HEAD, OPTIONS');
  });

  it('are listed in the Reports center', async () => {
    const { body } = await manager.get('/v1/reports').expect(200);
    expect(body.data[0].formats).toEqual([
      'application/json',
      ...Object.values(TYPES).map((type) => type.split(';')[0]),
    ]);
  });

  it('have the rows of the JSON report', async () => {
    await untilSequenced(service);
    const rows = showTimes(await manager.report(DAY));
    expect(await ndjsonRows(manager, DAY)).toEqual(rows);
    expect(csvLines((await download(manager, 'csv', DAY)).toString())).toHaveLength(rows.length + 1);
  });
});
