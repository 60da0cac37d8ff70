import { chromium, type Browser, type Page } from 'playwright-core';

/** Debian's browser; another one can be named in the environment. */
const EXECUTABLE = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** Starts the browser. Fails if it is not installed: this test is never skipped. */
export function startBrowser(): Promise<Browser> {
  // The sandbox does not work for root, as which CI runs. Only pages of the service under test are opened.
  return chromium.launch({ executablePath: EXECUTABLE, args: ['--no-sandbox'] });
}

/** Collects what the page reports as errors, such as a script that its Content-Security-Policy forbids. */
export function collectErrors(page: Page): string[] {
  const errors: string[] = [];
  page.on('pageerror', ({ message }) => errors.push(message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  return errors;
}
