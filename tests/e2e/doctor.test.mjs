// The file doctor without a network: the page is loaded once, the server goes away, and a list is still checked, mended and
// saved, to the row.
import assert from 'node:assert/strict';
import {readFile} from 'node:fs/promises';
import {after, before, test} from 'node:test';
import {choose, dropFile, heading, shown, startApp} from './app_page.mjs';
import {AXE} from './browser.mjs';
import {until} from './processes.mjs';

let app;
before(async () => {
  app = await startApp();
});
after(() => app?.close());

const LIST = [
  'Name,Phone,Email,City',
  'Anna Adams,+14155552001,anna@example.com,Bonn',
  'Ben Brown,0041 44 668 18 00,ben@example.com,Zurich',
  'Cleo Clark,+41 44 668 18 01,cleo@example.com,Zurich',
  'Dora Diaz,+14155552,dora@example.com,Bonn',
  'Emil Evans,+14155552005,emil-at-example.com,Bonn',
  'Fay Fox,+14155552006,fay@example.com',
  'Anna Again,+14155552001,again@example.com,Bonn',
  'Gus Green,+1415555200x,gus@example.com,n/a',
  'Hal Hill,+1 415 555 2008,hal@example.com,n/a',
].join('\n') + '\n';

const problems = (page) => page.getByRole('grid', {name: 'Problems'});
const rowOf = (page, number) => problems(page).getByRole('row').filter({has: page.getByRole('gridcell', {name: String(number), exact: true})});

async function counts(page) {
  const text = await page.getByRole('main').textContent();
  const number = (label) => Number(new RegExp(`${label}: ([\\d,]+)`).exec(text)?.[1].replaceAll(',', ''));
  return {rows: number('Rows'), ready: number('Ready to import'), held: number('Held back')};
}

async function saved(page, button) {
  const download = page.waitForEvent('download');
  await page.getByRole('button', {name: button}).click();
  return (await readFile(await (await download).path(), 'utf8')).replace(/^\uFEFF/, '').trim().split('\r\n');
}

async function becomes(page, wanted) {
  await until(`the counts ${JSON.stringify(wanted)}`, async () => {
    const now = await counts(page);
    if (Object.entries(wanted).every(([key, value]) => now[key] === value)) return true;
    throw new Error(JSON.stringify(now));
  });
}

test('without a network a list is checked, mended row by row and by kind, taken back, and saved', {timeout: 120_000}, async () => {
  const page = await app.open('/import', {serviceWorkers: 'allow', bypassCSP: true});
  await page.evaluate(() => navigator.serviceWorker.ready);
  await until('the service worker', () => page.evaluate(() => navigator.serviceWorker.controller !== null));
  await page.context().setOffline(true);
  await app.server.stop();
  await page.reload();
  await page.waitForFunction(() => globalThis.leadline?.ready);
  await heading(page, 'Import');

  await dropFile(page, 'people.csv', LIST);
  await shown(page, /What the columns hold/);
  await page.getByRole('button', {name: 'Check the rows'}).click();
  await page.getByRole('button', {name: 'Continue to import'}).waitFor();
  await becomes(page, {rows: 9, ready: 1, held: 8});

  // A cell, in place: Enter takes it.
  const phone = rowOf(page, 5).getByRole('textbox', {name: /^Phone in row 5/});
  await phone.fill('+14155552004');
  await phone.press('Enter');
  await becomes(page, {ready: 2, held: 7});
  await rowOf(page, 5).getByRole('gridcell', {name: 'Mended'}).waitFor();

  // A proposal, for one.
  await rowOf(page, 3).getByRole('link', {name: 'Use +41446681800'}).or(rowOf(page, 3).getByRole('button', {name: 'Use +41446681800'})).click();
  await becomes(page, {ready: 3, held: 6});

  // Repairs, for all of a kind.
  await choose(page, 'Kind of problem', /spaces|punctuation/i);
  await page.getByRole('button', {name: /^Take all 2 repairs of this kind/}).click();
  await becomes(page, {ready: 5, held: 4});
  await choose(page, 'Kind of problem', 'All kinds of problems');

  // A whole row, in its dialog.
  await rowOf(page, 7).getByRole('button', {name: 'Edit row 7'}).click();
  await page.getByRole('dialog', {name: 'Row 7'}).waitFor({state: 'attached'});
  await page.getByRole('textbox', {name: 'City'}).fill('Kiel');
  await page.getByRole('button', {name: 'Save the row'}).click();
  await becomes(page, {ready: 6, held: 3});

  // Left out, and back.
  await rowOf(page, 9).getByRole('button', {name: 'Leave out row 9'}).click();
  await rowOf(page, 9).getByRole('button', {name: 'Take back the changes of row 9'}).click();
  await rowOf(page, 9).getByRole('button', {name: 'Leave out row 9'}).waitFor();

  // In a column.
  await page.getByRole('button', {name: 'Find and replace'}).click();
  await choose(page, 'Column', 'Phone');
  await page.getByRole('textbox', {name: 'Find', exact: true}).fill('200x');
  await page.getByRole('textbox', {name: 'Replace with'}).fill('2007');
  await page.getByRole('button', {name: 'Replace', exact: true}).click();
  await becomes(page, {ready: 7, held: 2});
  await page.getByRole('button', {name: 'Undo', exact: true}).click();
  await becomes(page, {ready: 6, held: 3});

  await page.addScriptTag({path: AXE});
  const found = await page.evaluate(() => axe.run());
  assert.deepEqual(found.violations.map((v) => [v.id, v.nodes[0].html]), []);

  const clean = await saved(page, 'Download the clean file');
  const rejects = await saved(page, 'Download the reject file');
  assert.equal(clean.length - 1 + (rejects.length - 1), 9, 'rows in are rows out');
  assert.deepEqual(clean.slice(1).map((row) => row.split(',')[1]),
    ['+14155552001', '+41446681800', '+41446681801', '+14155552004', '+14155552006', '+14155552008']);
  assert.match(clean[5], /Kiel/);
  assert.deepEqual(rejects.slice(1).map((row) => row.split(',')[0]), ['Emil Evans', 'Anna Again', 'Gus Green']);
  assert.deepEqual(page.problems, []);
  await page.context().close();
});
