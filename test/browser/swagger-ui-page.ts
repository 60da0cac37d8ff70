import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';

/** The page of Swagger UI, as a person uses it. */
export class SwaggerUiPage {
  constructor(readonly page: Page) {}

  async open(url: string): Promise<void> {
    await this.page.goto(`${url}/docs`);
    await this.page.locator('.opblock').first().waitFor();
  }

  operation(method: string, path: string): UiOperation {
    const summary = this.page.locator(`.opblock-summary-path[data-path="${path}"]`);
    return new UiOperation(this.page, this.page.locator(`.opblock-${method}`, { has: summary }));
  }

  get filter(): Locator {
    return this.page.locator('.operation-filter-input');
  }

  /** Saves a picture of the page, or of a part of it, to look at. */
  async screenshot(name: string, part?: Locator): Promise<void> {
    await (part ?? this.page).screenshot({ path: `var/screenshots/${name}.png` });
  }
}

/** An operation on the page. */
export class UiOperation {
  constructor(
    private readonly page: Page,
    readonly block: Locator,
  ) {}

  async unfold(): Promise<void> {
    await this.block.locator('.opblock-summary-control').click();
    await this.block.locator('.btn.execute').waitFor();
  }

  /** Types a value into the field of a parameter, or chooses it. */
  async fill(name: string, value: string): Promise<void> {
    const row = this.rowOf(name);
    const select = row.locator('select');
    if ((await select.count()) > 0) await select.selectOption(value);
    else await row.locator('input').fill(value);
  }

  /** Adds values to a parameter that is a list. */
  async add(name: string, values: readonly string[]): Promise<void> {
    const row = this.rowOf(name);
    for (const [index, value] of values.entries()) {
      await row.locator('.json-schema-form-item-add').click();
      await row.locator('input').nth(index).fill(value);
    }
  }

  /** Sends the request, and returns the status of the response. */
  async execute(): Promise<string> {
    await this.block.locator('.btn.execute').click();
    const status = this.response.locator('tbody .response-col_status');
    await status.waitFor();
    return (await status.innerText()).trim().slice(0, 3);
  }

  /** The JSON that the page shows as the response. */
  async json(): Promise<unknown> {
    return JSON.parse(await this.response.locator('.highlight-code code').first().innerText());
  }

  /** Downloads the file of the response, and returns its name and its content. */
  async download(): Promise<{ name: string; content: Buffer }> {
    const download = this.page.waitForEvent('download');
    await this.response.locator('a[download]').click();
    const file = await download;
    return { name: file.suggestedFilename(), content: await readFile(await file.path()) };
  }

  /** What the page shows of the response. */
  get response(): Locator {
    return this.block.locator('.live-responses-table');
  }

  private rowOf(name: string): Locator {
    return this.block.locator(`tr[data-param-name="${name}"]`);
  }
}
