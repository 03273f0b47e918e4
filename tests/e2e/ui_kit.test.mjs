// The kit of widgets in a real browser, used as people and assistive technology use it: by role and name, by keyboard.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {AXE, pageTest} from './browser.mjs';
import {startGallery} from './ui_kit_page.mjs';

let gallery;
before(async () => { gallery = await startGallery(); });
after(() => gallery?.close());

const onPage = (name, route, body, options) => pageTest(name, () => gallery.open(route, options), body);

const text = (page, value) => page.getByText(value, {exact: true}).waitFor({state: 'attached'});
const focusedName = (page) => page.evaluate(() => {
  const node = document.activeElement;
  return node.getAttribute('aria-label') ?? node.textContent;
});

onPage('a click on a button of the mirror reaches the widget', '/widgets', async (page) => {
  await page.getByRole('button', {name: 'Start campaign'}).click();
  await text(page, 'Clicks: 1');
  await page.getByRole('button', {name: 'Start campaign'}).press('Enter');
  await text(page, 'Clicks: 2');
  await page.keyboard.press('Space');
  await text(page, 'Clicks: 3');
});

onPage('a disabled button says why and does nothing', '/widgets', async (page) => {
  const button = page.getByRole('button', {name: 'Call now'});
  assert.equal(await button.getAttribute('aria-disabled'), 'true');
  const description = await button.getAttribute('aria-describedby');
  assert.match(await page.locator('#' + description).textContent(), /Outside the calling hours/);
});

onPage('check boxes, switches and radio buttons keep what was chosen', '/widgets', async (page) => {
  await page.getByRole('checkbox', {name: 'Do not call'}).check();
  assert.equal(await page.getByRole('checkbox', {name: 'Do not call'}).isChecked(), true);
  await page.getByRole('checkbox', {name: 'Do not call'}).uncheck();
  const toggle = page.getByRole('switch', {name: 'Automatic calling'});
  await toggle.click();
  assert.equal(await toggle.getAttribute('aria-checked'), 'false');
  const group = page.getByRole('radiogroup', {name: 'Provider'});
  await group.getByRole('radio', {name: 'Vapi'}).check();
  await group.getByRole('radio', {name: 'Vapi'}).press('ArrowUp');
  assert.equal(await group.getByRole('radio', {name: 'Retell'}).isChecked(), true);
  assert.equal(await focusedName(page), 'Retell');
});

onPage('text of any script goes in and comes back', '/widgets', async (page) => {
  const name = page.getByRole('textbox', {name: 'Full name'});
  await name.fill('Мария 山田 😀');
  assert.equal(await name.inputValue(), 'Мария 山田 😀');
  await page.getByRole('button', {name: 'Open dialog'}).click();
  assert.equal(await page.getByRole('textbox', {name: 'Lead name'}).inputValue(), 'Мария 山田 😀');
});

onPage('typing key by key keeps the caret and the text', '/widgets', async (page) => {
  const email = page.getByRole('textbox', {name: 'Email'});
  assert.equal(await email.getAttribute('aria-invalid'), 'true');
  await email.click();
  await page.keyboard.type('ab@c.de');
  await page.keyboard.press('Home');
  await page.keyboard.type('x');
  assert.equal(await email.inputValue(), 'xab@c.de');
  assert.equal(await email.getAttribute('aria-invalid'), null);
  await page.getByLabel('Attempts').fill('99');
  await page.getByLabel('Attempts').blur();
  await page.waitForFunction(() => document.querySelector('input[type=number]').value === '10');
});

onPage('an option is chosen with keys alone, and by clicking', '/widgets', async (page) => {
  const country = page.getByRole('combobox', {name: 'Country'});
  await country.focus();
  await page.keyboard.press('ArrowDown');
  assert.equal(await country.getAttribute('aria-expanded'), 'true');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  assert.equal(await country.textContent(), 'India');
  await page.keyboard.press('m');
  await page.keyboard.press('Enter');
  assert.equal(await country.textContent(), 'Mexico');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Escape');
  assert.equal(await country.getAttribute('aria-expanded'), 'false');
  await country.click();
  await page.getByRole('option', {name: 'Spain'}).click();
  assert.equal(await country.textContent(), 'Spain');
});

onPage('a dialog takes the focus, keeps it, and gives it back', '/widgets', async (page) => {
  const opener = page.getByRole('button', {name: 'Open dialog'});
  await opener.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', {name: 'Edit lead'});
  await dialog.waitFor();
  assert.equal(await focusedName(page), 'Lead name');
  for (let i = 0; i < 8; i++) {
    await page.keyboard.press('Tab');
    assert.ok(await dialog.evaluate((node) => node.contains(document.activeElement)));
  }
  assert.equal(await page.locator('main').evaluate((node) => node.inert), true);
  await page.keyboard.press('Escape');
  await dialog.waitFor({state: 'detached'});
  assert.equal(await focusedName(page), 'Open dialog');
  assert.equal(await page.locator('main').evaluate((node) => node.inert), false);
});

onPage('a menu is walked with arrow keys', '/widgets', async (page) => {
  await page.getByRole('button', {name: 'More actions'}).press('Enter');
  await page.getByRole('menuitem', {name: 'Edit'}).waitFor();
  assert.equal(await focusedName(page), 'Edit');
  await page.keyboard.press('ArrowDown');
  assert.equal(await focusedName(page), 'Copy phone number');
  await page.keyboard.press('Escape');
  await page.getByRole('menu').waitFor({state: 'detached'});
  assert.equal(await focusedName(page), 'More actions');
});

onPage('a toast is spoken, and its action works', '/widgets', async (page) => {
  await page.getByRole('button', {name: 'Export'}).click();
  await page.getByRole('status').getByText('Exported 812 leads.').waitFor({state: 'attached'});
  await page.getByRole('button', {name: 'Dismiss'}).last().click();
  await page.getByText('Exported 812 leads.').waitFor({state: 'detached'});
});

onPage('what lies below the edge is scrolled to by focus and by click', '/widgets', async (page) => {
  await page.getByRole('button', {name: 'Choose a file'}).focus();
  await page.waitForFunction(() => document.querySelector('main').scrollTop > 100);
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', {name: 'Choose a file'}).click();
  await (await chooser).setFiles({name: 'leads.csv', mimeType: 'text/csv', buffer: Buffer.from('name\nAda\n')});
  await text(page, 'Chosen: leads.csv');
});

onPage('a grid of 100,000 rows mirrors only those in view', '/table', async (page) => {
  const grid = page.getByRole('grid', {name: 'Leads'});
  assert.equal(await grid.getAttribute('aria-rowcount'), '100001');
  const rows = grid.getByRole('row');
  assert.ok(await rows.count() < 30);
  await page.getByText('+1 415 555 0003').hover();
  await page.mouse.wheel(0, 4000);
  await page.getByRole('link', {name: 'Lead 102', exact: true}).waitFor();
  assert.equal(await grid.getByRole('row').filter({hasText: 'Lead 102'}).first().getAttribute('aria-rowindex'), '103');
  await page.getByRole('checkbox', {name: 'Select Lead 102', exact: true}).check();
  await text(page, '1 selected');
});

onPage('a grid is walked, sorted and selected with keys', '/table', async (page) => {
  await page.getByRole('row', {name: 'Lead 1 '}).first().focus();
  for (let i = 0; i < 20; i++) await page.keyboard.press('ArrowDown');
  assert.match(await focusedName(page), /Lead 21\b/);
  await page.keyboard.press('Space');
  await text(page, '1 selected');
  await page.keyboard.press('End');
  await page.waitForFunction(() => document.activeElement.getAttribute('aria-rowindex') === '100001');
  const header = page.getByRole('columnheader', {name: 'Name'});
  assert.equal(await header.getAttribute('aria-sort'), 'ascending');
  await header.click();
  assert.equal(await header.getAttribute('aria-sort'), 'descending');
});

onPage('a link is a real one and changes the route', '/widgets', async (page) => {
  const link = page.getByRole('navigation').getByRole('link', {name: 'Table'});
  assert.equal(await link.getAttribute('href'), '#/table');
  await link.click();
  await page.getByRole('heading', {name: 'Leads', level: 1}).waitFor();
  await page.goBack();
  await page.getByRole('heading', {name: 'Widgets', level: 1}).waitFor();
});

onPage('a tap acts once, and what opens below the finger gets nothing of it', '/widgets', async (page) => {
  await page.getByRole('button', {name: 'Delete', exact: true}).tap();
  const dialog = page.getByRole('alertdialog', {name: 'Delete 12 leads?'});
  await dialog.waitFor();
  assert.equal(await focusedName(page), 'Keep');
  await dialog.getByRole('button', {name: 'Keep'}).tap();
  await dialog.waitFor({state: 'detached'});
}, {viewport: {width: 390, height: 844}, hasTouch: true, isMobile: true, deviceScaleFactor: 2});

onPage('a finger drags the page', '/widgets', async (page) => {
  const session = await page.context().newCDPSession(page);
  const touch = (type, y) => session.send('Input.dispatchTouchEvent', {type, touchPoints: y === null ? [] : [{x: 195, y}]});
  await touch('touchStart', 700);
  for (let y = 680; y >= 300; y -= 40) await touch('touchMove', y);
  await touch('touchEnd', null);
  await page.waitForFunction(() => document.querySelector('main').scrollTop >= 350);
  await text(page, 'Clicks: 0');
}, {viewport: {width: 390, height: 844}, hasTouch: true, isMobile: true});

onPage('the bottom bar of a phone leads everywhere', '/widgets', async (page) => {
  await page.getByRole('navigation').getByRole('link', {name: 'Overview'}).tap();
  await page.getByRole('heading', {name: 'Spring offer'}).waitFor();
  await page.getByRole('button', {name: 'More'}).tap();
  await page.getByRole('link', {name: 'Settings'}).waitFor();
}, {viewport: {width: 390, height: 844}, hasTouch: true, isMobile: true});

for (const route of ['/widgets', '/table', '/overview']) {
  for (const colorScheme of ['light', 'dark']) {
    onPage(`axe finds nothing on ${route}, ${colorScheme}`, route, async (page) => {
      await page.addScriptTag({path: AXE, type: 'text/javascript'}).catch(() => page.evaluate(AXE));
      const result = await page.evaluate(() => axe.run({runOnly: ['wcag2a', 'wcag2aa', 'best-practice']}));
      assert.deepEqual(result.violations.map((v) => `${v.id}: ${v.nodes[0].html}`), []);
      assert.ok(result.passes.length > 15);
    }, {colorScheme, bypassCSP: true});
  }
}

onPage('nothing is drawn while nothing happens', '/table', async (page) => {
  await page.mouse.move(640, 400);
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 1500)));
  const before = await page.evaluate(() => leadline.frames);
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 2000)));
  assert.equal(await page.evaluate(() => leadline.frames) - before, 0);
});

onPage('a lost WebGL context comes back with its picture', '/widgets', async (page) => {
  const picture = () => page.evaluate(() => {
    leadline.draw();
    return document.getElementById('canvas').toDataURL().length;
  });
  const before = await picture();
  await page.evaluate(() => new Promise((resolve) => {
    const canvas = document.getElementById('canvas');
    const loss = canvas.getContext('webgl2').getExtension('WEBGL_lose_context');
    canvas.addEventListener('webglcontextrestored', () => setTimeout(resolve, 50));
    canvas.addEventListener('webglcontextlost', () => setTimeout(() => loss.restoreContext(), 50));
    loss.loseContext();
  }));
  const restored = await picture();
  assert.ok(Math.abs(restored - before) < before / 20, `${before} bytes before, ${restored} after`);
});
