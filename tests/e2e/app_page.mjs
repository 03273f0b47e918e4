// The real server with the client inside, and a real browser on it. For app*.test.mjs.
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {chromium} from 'playwright-core';
import {Server, startSimulator, tempFolder} from './processes.mjs';

const HERE = path.dirname(fileURLToPath(import.meta.url));
export const AXE = path.join(HERE, '../node_modules/axe-core/axe.min.js');

export async function startApp({seed = 7, timeScale = 600} = {}) {
  const folder = tempFolder();
  const simulator = await startSimulator({seed, timeScale});
  const server = await new Server(folder.path, simulator.url, {timeScale}).start();
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
  });

  // A page on which the first frame was drawn. What goes wrong in it ends up in page.problems.
  async function open(route, options = {}) {
    const context = await browser.newContext({viewport: {width: 1280, height: 800}, serviceWorkers: 'block', ...options});
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    page.problems = [];
    page.on('pageerror', (error) => page.problems.push(error.stack));
    // The browser itself reports refused requests (409, 422): those are answers here, not defects.
    page.on('console', (message) => message.type() === 'error' && !/Failed to load resource/.test(message.text()) &&
        page.problems.push(message.text()));
    await page.goto(`${server.url}/#${route}`);
    await page.waitForFunction(() => globalThis.leadline?.ready);
    return page;
  }
  async function close() {
    await browser.close();
    await server.stop();
    await simulator.stop();
    folder.remove();
  }
  return {server, simulator, open, close};
}

// Chooses in one of the kit's lists.
export async function choose(page, label, option) {
  await page.getByRole('combobox', {name: label, exact: true}).click();
  await page.getByRole('option', {name: option}).click();
}

export function heading(page, name) {
  return page.getByRole('heading', {level: 1, name, exact: true}).waitFor({state: 'attached'});
}

// Drops a file on the page as a file manager does.
export function dropFile(page, name, text) {
  return page.evaluate(([fileName, content]) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([content], fileName, {type: 'text/csv'}));
    for (const kind of ['dragenter', 'dragover', 'drop']) {
      document.body.dispatchEvent(new DragEvent(kind, {dataTransfer, bubbles: true, cancelable: true}));
    }
  }, [name, text]);
}

export function shown(page, text) {
  return page.getByText(text).first().waitFor({state: 'attached'});
}
