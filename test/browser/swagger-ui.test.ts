import type { Browser } from 'playwright-core';
import { version } from '../../package.json';
import { csvLines } from '../support/csv';
import { sheetRows, type Cell } from '../support/exports';
import { freshDatabase, type TestDatabase } from '../support/database';
import type { Row } from '../support/person';
import { REPORT } from '../support/person';
import { BuiltProcess } from '../support/process';
import { collectErrors, startBrowser } from './chromium';
import { SwaggerUiPage, type UiOperation } from './swagger-ui-page';

const JOHN = '01J000000000000000000VSER3';
const ACTIVITIES = ['refund.requested', 'refund.canceled'];
const HEADINGS = [
  'Date',
  'User name',
  'Activity',
  'Subscription reference',
  'Order reference',
  'Price/Amount',
  'Currency',
  'Billing cycles',
  'Comment',
];

/** The files that the report can be downloaded as, and how a program reads the texts of their cells. */
const FILES = [
  {
    name: 'CSV',
    path: `${REPORT}.csv`,
    readRows: (content: Buffer) => Promise.resolve(csvLines(content.toString())),
  },
  {
    name: 'XLSX',
    path: `${REPORT}.xlsx`,
    readRows: async (content: Buffer) => (await sheetRows(content)).map((cells) => cells.map(textOf)),
  },
];

/** Returns the text of a cell, which is empty, a text, a number or a date. */
function textOf(cell: Cell): string {
  return cell instanceof Date ? cell.toISOString().slice(0, 19).replace('T', ' ') : String(cell ?? '');
}

describe('Swagger UI of the demo, in a browser', () => {
  let database: TestDatabase | undefined;
  let demo: BuiltProcess | undefined;
  let url: string;
  let browser: Browser | undefined;
  let docs: SwaggerUiPage;
  let errors: string[];

  beforeAll(async () => {
    database = await freshDatabase();
    // The build, because the contract of the sources lacks what only the compiler knows about the DTOs.
    demo = BuiltProcess.start(['cli.js', 'demo'], { DATABASE_URL: database.url });
    url = (await demo.line(/Swagger UI +(http\S+)\/docs/))[1]!;
    browser = await startBrowser();
    const page = await browser.newPage({ viewport: { width: 1280, height: 1000 }, timezoneId: 'Europe/Bucharest' });
    page.setDefaultTimeout(15_000);
    errors = collectErrors(page);
    docs = new SwaggerUiPage(page);
    await docs.open(url);
  });
  afterAll(async () => {
    await browser?.close();
    await demo?.kill();
    await database?.drop();
    expect(errors).toEqual([]);
  });

  it('shows the title and version of the service and a link to the contract, and folds the schemas', async () => {
    const { page } = docs;
    expect(await page.title()).toBe('User activity reports');
    expect(await page.locator('.info .title').innerText()).toContain('User activity reports');
    expect((await page.locator('.info .version').first().innerText()).trim()).toBe(version);
    const link = page.locator('.info a[href="/openapi.json"]');
    const document = await page.request.get(url + (await link.getAttribute('href'))!);
    expect(await document.json()).toMatchObject({ info: { title: 'User activity reports', version } });
    expect(await page.locator('section.models').count()).toBe(1);
    expect(await page.locator('section.models .model-box').count()).toBe(0);
    await docs.screenshot('start');
  });

  it('has a box that filters the operations by their tag', async () => {
    const orders = docs.operation('get', '/v1/orders');
    await docs.filter.fill('Reports');
    await orders.block.waitFor({ state: 'detached' });
    expect(await docs.operation('get', REPORT).block.isVisible()).toBe(true);
    await docs.filter.fill('');
    await orders.block.waitFor();
  });

  it('is authorized once the login, prefilled for the demo, was executed', async () => {
    const login = docs.operation('post', '/v1/auth/login');
    expect(await docs.page.locator('.btn.authorize.unlocked').count()).toBe(1);
    await login.unfold();
    expect(await login.execute()).toBe('200');
    await docs.page.locator('.btn.authorize.locked').waitFor();
    await docs.screenshot('login', login.response);
  });

  describe('the report of one user and two activities', () => {
    /** Fills in the filter, as a person does. */
    async function fillIn(report: UiOperation): Promise<void> {
      await report.add('userId', [JOHN]);
      await report.add('activity', ACTIVITIES);
      await report.fill('interval', 'last_30_days');
    }

    let rows: Row[];
    it('is built', async () => {
      const report = docs.operation('get', REPORT);
      await report.unfold();
      await fillIn(report);
      await report.fill('limit', '1000');
      expect(await report.execute()).toBe('200');
      ({ data: rows } = (await report.json()) as { data: Row[] });
      expect(rows.length).toBeGreaterThan(10);
      expect(new Set(rows.map(({ activity }) => activity.code))).toEqual(new Set(ACTIVITIES));
      expect(new Set(rows.map(({ user }) => user.id))).toEqual(new Set([JOHN]));
      await docs.screenshot('report', report.response);
    });

    it.each(FILES)('is downloaded as $name, with the same rows', async ({ name, path, readRows }) => {
      const report = docs.operation('get', path);
      await report.unfold();
      await fillIn(report);
      expect(await report.execute()).toBe('200');
      await docs.screenshot(name, report.response);
      const file = await report.download();
      expect(file.name).toMatch(new RegExp(`\\.${name}$`, 'i'));
      const [headings, ...lines] = await readRows(file.content);
      expect(headings).toEqual(HEADINGS);
      const shown = rows.map(({ occurredAt, orderReference, amount, currency }) => [
        occurredAt.slice(0, 19).replace('T', ' '),
        orderReference ?? '',
        Number(amount ?? 0),
        currency ?? '',
      ]);
      const downloaded = lines.map(([date, , , , order, amount, currency]) => [date, order, Number(amount), currency]);
      expect(downloaded).toEqual(shown);
    });
  });
});
