// The client's screens in a real browser against the real server, by role and name as people and screen readers do it.
import assert from 'node:assert/strict';
import {readFile} from 'node:fs/promises';
import {after, before, test} from 'node:test';
import {choose, heading, shown, startApp} from './app_page.mjs';
import {AXE, pageTest} from './browser.mjs';
import {ALWAYS_OPEN, RETELL_ASSISTANT, until} from './processes.mjs';

let app;
before(async () => {
  app = await startApp();
  const assistant = await app.server.api('POST', '/assistants', RETELL_ASSISTANT);
  await app.server.api('POST', '/campaigns', {name: 'Spring', assistant_id: assistant.id, schedule: ALWAYS_OPEN});
});
after(() => app?.close());

const onPage = (name, route, body, options) => pageTest(name, () => app.open(route, options), body);

const LIST = [
  'Full Name;Telefon;E-Mail;Firma;Budget',
  'Sarah Johnson;+1 (415) 555-2001;sarah@example.com;TechStart;10k',
  'Li Wei;+14155552002;li@example.com;Acme;20k',
  'Ana Souza;+14155552003;ana@example.com;Acme;',
  'No Phone;;nobody@example.com;Acme;5k',
  'Bad Mail;+14155552005;bad-at-example.com;Acme;5k',
  'Li Wei again;+14155552002;li2@example.com;Acme;20k',
].join('\n') + '\n';

onPage('a dirty list is checked offline, mended, imported, and can be undone', '/import', async (page) => {
  await heading(page, 'Import');
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', {name: 'Choose a file'}).click();
  await (await chooser).setFiles({name: 'spring.csv', mimeType: 'text/csv', buffer: Buffer.from(LIST)});

  await shown(page, /What the columns hold/);
  assert.match(await page.getByRole('combobox', {name: 'Telefon'}).textContent(), /Phone/);
  await page.getByRole('button', {name: 'Check the rows'}).click();

  await page.getByRole('button', {name: 'Continue to import'}).waitFor();
  const rejects = page.waitForEvent('download');
  await page.getByRole('button', {name: 'Download the reject file'}).click();
  const text = await readFile(await (await rejects).path(), 'utf8');
  assert.match(text, /problem/);
  assert.match(text, /No Phone/);
  await page.getByRole('switch', {name: 'Accept all proposed repairs'}).click();
  await page.getByRole('button', {name: 'Continue to import'}).click();

  await choose(page, 'Campaign', 'Spring');
  await page.getByRole('button', {name: 'See what will happen'}).click();
  await page.getByRole('button', {name: /^Import 3 leads/}).click();
  await shown(page, 'The list is imported.');
  assert.equal((await app.server.all('/leads')).length, 3);
});

onPage('a stale edit shows both values and overwrites nothing', '/leads', async (page) => {
  const [lead] = await app.server.all('/leads?q=Souza');
  await page.goto(`${app.server.url}/#/leads/edit?lead=${lead.id}`);
  const name = page.getByRole('textbox', {name: 'Name', exact: true});
  await name.fill('Ana Mine');
  await app.server.api('PATCH', `/leads/${lead.id}`, {name: 'Ana Theirs', company: 'Globex'});
  await page.getByRole('button', {name: 'Save lead'}).click();
  await shown(page, 'This lead was changed meanwhile');
  assert.equal((await app.server.api('GET', `/leads/${lead.id}`)).name, 'Ana Theirs');
  await page.getByRole('radiogroup', {name: 'Name'}).getByRole('radio', {name: /Mine/}).check();
  await page.getByRole('button', {name: 'Save these values'}).click();
  await shown(page, 'Lead saved.');
  const saved = await app.server.api('GET', `/leads/${lead.id}`);
  assert.equal(saved.name, 'Ana Mine');
  assert.equal(saved.company, 'Globex');
});

onPage('a wrong number is said at its field, with the repair', '/leads/new', async (page) => {
  await page.getByRole('textbox', {name: 'Name', exact: true}).fill('Tom');
  const phone = page.getByRole('textbox', {name: 'Phone', exact: true});
  await phone.fill('+1 415 555 2077');
  await phone.press('Tab');
  await page.getByRole('button', {name: 'Use +14155552077'}).click();
  await page.getByRole('textbox', {name: 'Email', exact: true}).fill('tom@example.com');
  await page.getByRole('button', {name: 'Add lead', exact: true}).last().click();
  await shown(page, 'Lead added.');
  assert.equal((await app.server.all('/leads?q=Tom')).length, 1);
});

onPage('the address names the screen, and back goes back', '/leads?status=failed', async (page) => {
  await heading(page, 'Leads');
  await page.getByRole('navigation').getByRole('link', {name: 'Guide'}).click();
  await heading(page, 'Guide');
  await page.goBack();
  await heading(page, 'Leads');
  assert.match(page.url(), /status=failed/);
});

onPage('keys: / searches, ? explains, Escape closes', '/home', async (page) => {
  await page.keyboard.press('?');
  await page.getByRole('dialog', {name: 'Keyboard shortcuts'}).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({state: 'detached'});
  await page.keyboard.press('/');
  await heading(page, 'Leads');
  await until('the search field to have the focus', () =>
    page.evaluate(() => document.activeElement.getAttribute('aria-label') === 'Search leads'), 5000);
});

test('20,000 rows: a jump to the end shows the end', {timeout: 120_000}, async () => {
  const campaign = await app.server.api('POST', '/campaigns', {name: 'Large', schedule: ALWAYS_OPEN});
  const rows = Array.from({length: 20_000}, (_, i) => `Person ${i},+1${4152000000 + i * 3},p${i}@example.com`);
  await app.server.importCsv('large', campaign.id, `Name,Phone,Email\n${rows.join('\n')}\n`);
  const page = await app.open(`/leads?campaign=${campaign.id}`);
  const grid = page.getByRole('grid', {name: 'Leads'});
  await grid.getByRole('row').nth(3).focus();
  await page.keyboard.press('End');
  await until('the last rows', async () => {
    const texts = await grid.getByRole('row').allTextContents();
    return texts.at(-1)?.includes('Person');
  }, 60_000);
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

const ROUTES = ['/home', '/leads', '/leads?lead=1', '/leads/new', '/leads/edit?lead=1', '/import', '/campaigns', '/campaigns/2',
  '/campaigns/2/edit', '/campaigns/new', '/assistants', '/assistants/1', '/assistants/new', '/calls', '/reports', '/guide', '/guide/statuses',
  '/guide/errors', '/settings'];
for (const [colorScheme, width] of [['light', 1280], ['dark', 390]]) {
  onPage(`axe finds nothing on any screen, ${colorScheme}, ${width} wide`, '/home', async (page) => {
    await page.evaluate(await readFile(AXE, 'utf8'));
    for (const route of ROUTES) {
      await page.evaluate((to) => { location.hash = '#' + to; }, route);
      await until(`${route} to be loaded`, () => page.evaluate(() =>
        document.querySelector('h1') && !document.querySelector('[aria-busy=true],[aria-label^=Loading]')));
      const result = await page.evaluate(() => axe.run({runOnly: ['wcag2a', 'wcag2aa', 'best-practice']}));
      assert.deepEqual(result.violations.map((v) => `${route} ${v.id}: ${v.nodes[0].html}`), []);
    }
  }, {colorScheme, bypassCSP: true, viewport: {width, height: 844}});
}
