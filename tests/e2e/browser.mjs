// The browser that the tests and the benchmark of the page use, and pages in it.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {chromium} from 'playwright-core';

export const AXE = fileURLToPath(new URL('../node_modules/axe-core/axe.min.js', import.meta.url));

export function launchBrowser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
  });
}

// A page of its own on which the first frame was drawn. What goes wrong in it ends up in page.problems.
export async function openPage(browser, url, options = {}) {
  const context = await browser.newContext({viewport: {width: 1280, height: 800}, serviceWorkers: 'block', ...options});
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  page.problems = [];
  page.on('pageerror', (error) => page.problems.push(error.stack));
  // The browser itself reports refused requests (409, 422): those are answers here, not defects.
  page.on('console', (message) => message.type() === 'error' && !/Failed to load resource/.test(message.text()) &&
      page.problems.push(message.text()));
  await page.goto(url);
  await page.waitForFunction(() => globalThis.leadline?.ready);
  return page;
}

// A test that runs `body` on a page from `open`; afterwards nothing may have gone wrong in it.
export function pageTest(name, open, body) {
  test(name, {timeout: 120_000}, async () => {
    const page = await open();
    try {
      await body(page);
      assert.deepEqual(page.problems, []);
      assert.equal(await page.evaluate(() => leadline.auditProblems), 0);
    } finally {
      await page.context().close();
    }
  });
}
