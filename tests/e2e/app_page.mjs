// The real server with the client inside, and a real browser on it. For app*.test.mjs.
import {launchBrowser, openPage} from './browser.mjs';
import {Server, startSimulator, tempFolder} from './processes.mjs';

export async function startApp({seed = 7, timeScale = 600} = {}) {
  const folder = tempFolder();
  const simulator = await startSimulator({seed, timeScale});
  const server = await new Server(folder.path, simulator.url, {timeScale}).start();
  const browser = await launchBrowser();
  const open = (route, options) => openPage(browser, `${server.url}/#${route}`, options);
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
